"""An answer held against what the check computes."""

from __future__ import annotations

from dataclasses import replace

from quizcnn.answer.comparing import same, shown
from quizcnn.answer.graded import Asked, Graded, OptionResult, Read, Ungraded
from quizcnn.answer.working import Working, WrongResult, work, wrong_answers
from quizcnn.check.job import Checker
from quizcnn.check.value import Value
from quizcnn.deck.model import Kind
from quizcnn.deck.prose import fill


def grade(asked: Asked, read: Read, checker: Checker) -> Graded | Ungraded:
    """Run the check of `asked` and judge `read` by it.

    Ungraded when the check has no value or does not confirm the stored answer. A recall card's
    `right` stays open: the learner decides. Blocks for as long as the checks take.
    """
    question = asked.question
    working = work(question, [(asked.variant, asked.seed)], checker, wrong=False, trace=True)[0]
    if working.trouble:
        return Ungraded(asked, working.trouble.reason, working.proof)
    options = _as_shown(asked, working)
    right = is_right(asked, working, read.value)
    because, hit = "", None
    if right is False:
        if question.kind is not Kind.CHOICE and question.wrong:
            working = replace(working, wrong=wrong_answers(working, checker))
        hit = listed_as(asked, working, read.value)
        because = because_of(asked, working, read.value)
    return Graded(
        asked=asked,
        read=read,
        right=right,
        stored=shown(question, working.stored),
        computed=computed_words(working),
        proof=working.proof,
        options=options,
        because=because,
        explain=fill(question.explain, asked.variant.values) if question.explain else "",
        listed=hit.wrong if hit else None,
    )


def is_right(asked: Asked, working: Working, value: Value) -> bool | None:
    """Whether a value that was read is the right answer; None of a recall card."""
    question = asked.question
    right = working.right
    match question.kind:
        case Kind.RECALL:
            return None
        case Kind.CHOICE:
            return same(Kind.CHOICE, _texts(asked, value), right)
        case Kind.ORDER:
            return same(Kind.ORDER, _texts(asked, value), right)
        case Kind.ARRAY:
            meant = meanings(question.kind, value)
            return any(same(Kind.ARRAY, one, right, question.tolerance) for one in meant)
        case kind:
            return same(kind, value, right, question.tolerance)


def because_of(asked: Asked, working: Working, value: Value) -> str:
    """What a wrong answer is the answer to, "" where it is not a known one."""
    if asked.question.kind is Kind.CHOICE:
        chosen = _texts(asked, value)
        told = (option.because for option in working.options if option.text in chosen)
        return " ".join(because for because in told if because)
    hit = listed_as(asked, working, value)
    return hit.because if hit else ""


def listed_as(asked: Asked, working: Working, value: Value) -> WrongResult | None:
    """The listed wrong answer that a value is; None where it is none, and of a choice."""
    if asked.question.kind is Kind.CHOICE:
        return None
    meant = (
        (_texts(asked, value),)
        if asked.question.kind is Kind.ORDER
        else meanings(asked.question.kind, value)
    )
    return next((hit for one in meant if (hit := working.matched(one))), None)


def computed_words(working: Working) -> str:
    """What the check computed, as the verdict line shows it."""
    question = working.question
    if question.kind is not Kind.RECALL:
        return shown(question, working.computed.value)
    count = len(question.claims)
    return {0: "the check holds", 1: "the claim holds"}.get(count, f"all {count} claims hold")


def _texts(asked: Asked, value: Value) -> tuple[str, ...]:
    """The options that indices stand for."""
    indices = value if isinstance(value, tuple) else ()
    return tuple(asked.options[index] for index in indices if isinstance(index, int))


def _as_shown(asked: Asked, working: Working) -> tuple[OptionResult, ...]:
    """The options' results in the order in which the options were shown."""
    found = {option.text: option for option in working.options}
    return tuple(found[text] for text in asked.options if text in found)


def meanings(kind: Kind, value: Value) -> tuple[Value, ...]:
    """What an answer may mean: of an array, a row without brackets may be one of a single row.

    So may one value alone, or be an array of one.
    """
    if kind is not Kind.ARRAY:
        return (value,)
    if isinstance(value, tuple):
        is_row = not any(isinstance(item, tuple) for item in value)
        return (value, (value,)) if is_row else (value,)
    return (value, (value,), ((value,),))
