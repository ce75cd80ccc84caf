"""Answers as the author states them: right ones, wrong ones, contrasts and claims."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

from quizcnn.deck.expressions import code, expression, givens
from quizcnn.deck.fields import Fields, lines, mappings, prose
from quizcnn.deck.messages import Problems, listed, quoted
from quizcnn.deck.model import Answer, Claim, Contrast, Kind, Option, Wrong
from quizcnn.deck.nodes import MappingNode, Node, ScalarNode, SequenceNode
from quizcnn.deck.scalars import boolean, line, wrong_type

OPTIONS = 8
"""Options of a choice, or items to put in order: each has a letter from a to h."""

_LETTERS = f"a learner picks by the letters {ascii_lowercase[0]} to {ascii_lowercase[OPTIONS - 1]}"
_BECAUSE = "say what it is the answer to, or why it is not right"


@dataclass(frozen=True, slots=True)
class Scope:
    """What the parts of one question share: its kind and the names that are given in it.

    `names` is None where `given` could not be read, so that nothing is concluded from it.
    """

    kind: Kind
    names: tuple[str, ...] | None
    problems: Problems


def read_answer(node: Node, scope: Scope) -> Answer:
    """The stored answer in the form that its kind has."""
    match scope.kind:
        case Kind.TRUE_FALSE:
            return boolean(node, "answer", scope.problems)
        case Kind.CHOICE:
            return _options(node, scope)
        case Kind.TEXT:
            return _spellings(node, scope)
        case Kind.ORDER:
            return _ordered(node, scope)
        case Kind.RECALL:
            return prose(node, "answer", scope.names, scope.problems)
        case _:
            return _computable(node, scope)


def _computable(node: Node, scope: Scope) -> str:
    words = expression(node, "answer", scope.problems)
    if isinstance(node, ScalarNode) and node.plain and words in {"True", "False"}:
        hint = "a question whose answer is true or false has kind true_false"
        wrong_type(node, "answer", f"the expression of a {scope.kind}", scope.problems, hint)
    return words


def _options(node: Node, scope: Scope) -> tuple[Option, ...]:
    found = []
    if isinstance(node, SequenceNode):
        nodes = list(mappings(node, "answer", scope.problems))
    elif isinstance(node, MappingNode):
        nodes = [node]
    else:
        hint = "write {text: …, given: {…}}, or a list of such options"
        wrong_type(node, "answer", "an option", scope.problems, hint)
        nodes = []
    for option in nodes:
        fields = Fields(option, "an option", ("text", "given"), scope.problems)
        words = prose(
            fields.need("text", "the option's words"), "text", scope.names, scope.problems
        )
        given = givens(fields.get("given"), scope.problems)
        found.append(Option(words, given, option.place))
    return tuple(found)


def _spellings(node: Node, scope: Scope) -> tuple[str, ...]:
    if isinstance(node, SequenceNode):
        _placeholders(node, scope)
        return lines(node, "answer", scope.problems)
    prose(node, "answer", scope.names, scope.problems)
    return (line(node, "answer", scope.problems),) if isinstance(node, ScalarNode) else ()


def _ordered(node: Node, scope: Scope) -> tuple[str, ...]:
    found = lines(node, "answer", scope.problems)
    _placeholders(node, scope)
    if len(found) == 1:
        scope.problems.add(node.place, "an order needs two items at least", "add the others")
    if len(found) > OPTIONS:
        scope.problems.add(node.place, f"an order of more than {OPTIONS} items", _LETTERS)
    return found


def _placeholders(node: Node, scope: Scope) -> None:
    for item in node.items if isinstance(node, SequenceNode) else ():
        if isinstance(item, ScalarNode) and item.text.strip():
            prose(item, "answer", scope.names, scope.problems)


def read_wrong(node: Node | None, scope: Scope) -> tuple[Wrong, ...]:
    """The wrong answers: each an expression, a slip or a text, and why it is wrong."""
    known = ("is", "given", "text", "because")
    return tuple(
        _wrong(Fields(entry, "a wrong answer", known, scope.problems), scope)
        for entry in mappings(node, "wrong", scope.problems)
    )


def _wrong(fields: Fields, scope: Scope) -> Wrong:
    problems, choice = scope.problems, scope.kind is Kind.CHOICE
    because = prose(fields.need("because", _BECAUSE), "because", scope.names, problems)
    if choice:
        fields.need("text", "the option's words")
    else:
        _one_of(fields, scope)
    if choice and "is" in fields:
        problems.add(
            fields.key_place("is"), "`is` does not fit a choice", "write the option's text"
        )
    is_, words = fields.get("is"), fields.get("text")
    given = givens(fields.get("given"), problems)
    if not choice:
        _known(fields.get("given"), scope.names, problems)
    return Wrong(
        because=because,
        place=fields.place,
        expression=None if is_ is None else expression(is_, "is", problems),
        text=None if words is None else prose(words, "text", scope.names, problems),
        given=given,
    )


def _one_of(fields: Fields, scope: Scope) -> None:
    """Exactly one of `is`, `given` and, where an answer is a text, `text`."""
    ways = ["is", "given", "text"] if scope.kind is Kind.TEXT else ["is", "given"]
    there = [way for way in ("is", "given", "text") if way in fields]
    if "text" not in ways and "text" in fields:
        scope.problems.add(
            fields.key_place("text"),
            f"`text` does not fit a wrong answer of kind `{scope.kind}`",
            "write `is:` with an expression, or `given:` with a slip",
        )
    elif not there:
        message = f"a wrong answer needs {listed(ways, 'or')}"
        scope.problems.add(fields.place, message, "an expression, or the givens of a slip")
    elif len(there) > 1:
        message = f"a wrong answer has {listed(there)}"
        scope.problems.add(fields.key_place(there[1]), message, "keep one of them")


def read_contrast(node: Node | None, scope: Scope, others: set[str]) -> tuple[Contrast, ...]:
    """The altered situations. `others` are names given elsewhere: by a choice's options."""
    problems = scope.problems
    found = []
    for entry in mappings(node, "contrast", problems):
        fields = Fields(entry, "a contrast", ("given", "check", "because"), problems)
        because = prose(fields.need("because", _BECAUSE), "because", scope.names, problems)
        if "given" not in fields and "check" not in fields:
            hint = "what is altered: other givens, or another check"
            problems.add(entry.place, "a contrast needs `given` or `check`", hint)
        check = fields.get("check")
        coded = None if check is None else code(check, "check", problems)
        if coded is None and scope.names is not None:
            _known(fields.get("given"), (*scope.names, *sorted(others)), problems)
        found.append(
            Contrast(
                because=because,
                place=entry.place,
                given=givens(fields.get("given"), problems),
                check=coded[0] if coded else None,
                check_place=coded[1] if coded else None,
            )
        )
    return tuple(found)


def _known(node: Node | None, names: tuple[str, ...] | None, problems: Problems) -> None:
    """A slip or a contrast alters what is given: a new name would change nothing."""
    if not isinstance(node, MappingNode) or names is None:
        return
    if not node.entries:
        problems.add(node.place, "nothing is altered here", "name a given and its other value")
    for key, _ in node.entries:
        if key.text not in names and key.text != "seed":
            problems.add(
                key.place,
                f"{quoted(key.text)} is not given in this question",
                problems.did_you_mean(key.text, names) or "add it to the question's `given`",
            )


def read_claims(node: Node | None, scope: Scope) -> tuple[Claim, ...]:
    """The named facts."""
    problems = scope.problems
    found = []
    for entry in mappings(node, "claims", problems):
        fields = Fields(entry, "a claim", ("say", "that"), problems)
        say = prose(fields.need("say", "the fact in words"), "say", scope.names, problems)
        that = fields.need("that", "the fact as an expression")
        expressed = "" if that is None else expression(that, "that", problems)
        found.append(Claim(say, expressed, entry.place))
    return tuple(found)


def check_options(answer: Node | None, wrong: Node | None, problems: Problems) -> None:
    """No two options of a choice may read the same."""
    seen: dict[str, ScalarNode] = {}
    right = answer.items if isinstance(answer, SequenceNode) else (answer,)
    others = wrong.items if isinstance(wrong, SequenceNode) else ()
    if answer is not None and len(right) + len(others) > OPTIONS:
        problems.add(answer.place, f"a choice of more than {OPTIONS} options", _LETTERS)
    for option in (*right, *others):
        words = option.get("text") if isinstance(option, MappingNode) else None
        if not isinstance(words, ScalarNode) or not words.text.strip():
            continue
        first = seen.setdefault(words.text.strip(), words)
        if first is not words:
            message = f"the option {quoted(words.text)} stands on line {first.place.line} already"
            problems.add(words.place, message, "options must read differently")
