"""What a person typed, read as an answer: parsed, never evaluated."""

from __future__ import annotations

from dataclasses import replace

from quizcnn.answer.arrays import NotAnArray, array
from quizcnn.answer.comparing import shown
from quizcnn.answer.folding import folded, spelling
from quizcnn.answer.graded import Asked, Blank, Malformed, Read, Reading
from quizcnn.answer.numbers import NotANumber, number
from quizcnn.answer.picking import LETTERS, NotAPick, picks
from quizcnn.answer.shapes import NotAShape, axes_of, shape
from quizcnn.deck.model import Kind, Question
from quizcnn.display import one_line

LONGEST: dict[Kind, int] = {Kind.ARRAY: 20_000, Kind.RECALL: 20_000}
"""How many characters an answer may have; `LONGEST_LINE` where the kind is not named."""
LONGEST_LINE = 2_000

_TRUE = frozenset({"t", "true", "y", "yes", "right", "correct"})
_FALSE = frozenset({"f", "false", "n", "no", "wrong", "incorrect"})


def read(asked: Asked, text: str) -> Reading:
    """Read `text` as an answer to `asked`: Blank, Malformed with how to write it, or Read.

    Of a recall card anything is Read, a blank too.
    """
    question = asked.question
    kind = question.kind
    if len(text) > LONGEST.get(kind, LONGEST_LINE):
        return Malformed(f"That is too long for an answer: {len(text)} characters.")
    typed = text.strip()
    if kind is Kind.RECALL:
        return Read(typed, typed, typed)
    if not typed:
        return Blank()
    try:
        return _read(asked, typed)
    except NotANumber as error:
        return _malformed(typed, str(error), _number_expected(question))
    except NotAShape as error:
        return _malformed(typed, str(error), _shape_expected(question))
    except NotAnArray as error:
        return _malformed(typed, str(error), "the values row by row, such as 1 2; 3 4")
    except NotAPick as error:
        return _malformed(typed, str(error), "")


def _malformed(typed: str, why: str, expected: str) -> Malformed:
    message = f"“{one_line(typed, 40)}” cannot be read: {why}."
    return Malformed(message + (f" Expected is {expected}." if expected else ""))


def _number_expected(question: Question) -> str:
    unit = f" ({question.unit})" if question.unit else ""
    return f"one number{unit}, such as 12, 12 000, 3/4, 0.5 or 10^3"


def _shape_expected(question: Question) -> str:
    example = {2: "6×6", 3: "3×6×6", 4: "1×3×6×6"}
    axes = axes_of(question.layout)
    if axes is None:
        return "a shape, such as 6×6 or (3, 6, 6)"
    return f"a shape {'×'.join(axes)}, such as {example.get(len(axes), '(6,)')}"


def _read(asked: Asked, typed: str) -> Reading:
    question = asked.question
    match question.kind:
        case Kind.NUMBER:
            value = number(typed, question.unit)
            return Read(typed, value, shown(_exactly(question), value))
        case Kind.SHAPE:
            sides = shape(typed)
            axes = axes_of(question.layout)
            if axes and len(axes) != len(sides):
                raise NotAShape(
                    f"it has {len(sides)} sides, not the {len(axes)} of {'×'.join(axes)}"
                )
            return Read(typed, sides, shown(question, sides))
        case Kind.ARRAY:
            cells = array(typed)
            return Read(typed, cells, shown(_exactly(question), cells))
        case Kind.TRUE_FALSE:
            return _true_false(typed)
        case Kind.CHOICE:
            return _choice(asked, typed)
        case Kind.ORDER:
            return _order(asked, typed)
        case _:
            if not any(letter.isalnum() for letter in spelling(typed)):
                return _malformed(typed, "there is no letter or digit in it", "a word or two")
            return Read(typed, typed, typed)


def _exactly(question: Question) -> Question:
    """The question without its tolerance: what was typed is echoed as it is."""
    return replace(question, tolerance=None) if question.tolerance else question


def _true_false(typed: str) -> Reading:
    word = folded(typed).rstrip(".!")
    if word in _TRUE or word in _FALSE:
        return Read(typed, word in _TRUE, "true" if word in _TRUE else "false")
    return _malformed(typed, "it is neither", "true or false (or t, f)")


def _choice(asked: Asked, typed: str) -> Reading:
    chosen = tuple(sorted(set(picks(typed, asked.options))))
    return Read(typed, chosen, "; ".join(_lettered(asked, index) for index in chosen))


def _lettered(asked: Asked, index: int) -> str:
    return f"{LETTERS[index]}) {asked.options[index]}"


def _order(asked: Asked, typed: str) -> Reading:
    order = picks(typed, asked.options)
    twice = next((index for index in order if order.count(index) > 1), None)
    if twice is not None:
        return _malformed(
            typed, f"“{asked.options[twice]}” stands in it twice", "each item exactly once"
        )
    missing = [LETTERS[index] for index in range(len(asked.options)) if index not in order]
    if missing:
        return _malformed(typed, f"it leaves out {', '.join(missing)}", "each item exactly once")
    return Read(typed, order, " → ".join(asked.options[index] for index in order))
