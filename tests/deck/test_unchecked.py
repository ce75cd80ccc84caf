"""Questions that say that they have no check yet."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizcnn.deck.model import Deck, Kind, Problem

Text = Callable[..., str]
Read = Callable[[str], Deck]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("marker", ["none yet", '"none yet"'])
def test_any_question_may_have_no_check_yet(
    read: Read, question_with: Text, kind: Kind, marker: str
) -> None:
    (question,) = read(question_with(f"check: {marker}", kind)).questions
    assert question.check == ""
    assert question.places["check"].line > 1


def test_a_card_without_a_check_needs_no_claims(read: Read, question_with: Text) -> None:
    """There is nothing yet that could show them."""
    (question,) = read(question_with("check: none yet", "recall", without="claims")).questions
    assert question.claims == ()


def test_other_faults_of_such_a_question_are_told(
    problems_of: Callable[[str], tuple[Problem, ...]], question_with: Text
) -> None:
    text = question_with("check: none yet\nlevel: 7\nsize: 3", without="answer")
    assert [problem.message.partition(" ")[0] for problem in problems_of(text)] == [
        "a", "`level`", "a",
    ]  # fmt: skip


def test_a_check_left_out_or_empty_is_told_how_to_say_so(
    expect: Callable[[str, str, str], None], question_with: Text
) -> None:
    """Leaving the check out by mistake is still a mistake."""
    expect(question_with("check:‸"), "`check` is empty", "or `none yet`")
    left_out = question_with(without="check").replace("- id", "- ‸id")
    expect(left_out, "a question needs `check`", "or `none yet`")


@pytest.mark.parametrize("check", ["none", "none yet + 1", "None Yet", "[none yet]"])
def test_nothing_else_means_none_yet(
    question_with: Text,
    check: str,
    read: Read,
) -> None:
    """Other words are code, right or wrong."""
    text = question_with(f"check: {check}")
    if check.startswith("["):
        with pytest.raises(AssertionError):
            read(text)
    else:
        assert read(text).questions[0].check == check
