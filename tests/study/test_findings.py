"""What the document gets wrong is gathered from the list of sources and the questions."""

from __future__ import annotations

from collections.abc import Callable

from quizcnn.deck.model import Question, Source, SourceEntry, Verdict
from quizcnn.study.findings import findings

Make = Callable[..., Question]


def test_confirmed_entries_are_no_findings(question: Make) -> None:
    sources = [SourceEntry("faq#1", "Fine", Verdict.CONFIRMED)]
    drawn = question(source=Source("faq#1", Verdict.CONFIRMED))
    assert findings([drawn], sources) == ()


def test_the_gravest_come_first(question: Make) -> None:
    sources = [
        SourceEntry("faq#1", "One", Verdict.OFF_TOPIC, "Not about networks."),
        SourceEntry("faq#2", "Two", Verdict.QUALIFIED),
        SourceEntry("faq#3", "Three", Verdict.WRONG),
        SourceEntry("faq#4", "Four", Verdict.OVERSTATED),
    ]
    assert [finding.ref for finding in findings([], sources)] == [
        "faq#3",
        "faq#4",
        "faq#2",
        "faq#1",
    ]


def test_a_finding_has_the_words_of_its_questions_once(question: Make) -> None:
    source = Source("faq#3", Verdict.WRONG, "It doubles.", "It does not.")
    drawn = [question(id="a", source=source), question(id="b", source=source)]
    (finding,) = findings(drawn, [SourceEntry("faq#3", "Three", Verdict.WRONG)])
    assert finding.contrasts == (("It doubles.", "It does not."),)
    assert finding.questions == tuple(drawn)


def test_questions_whose_source_is_not_listed_are_findings_too(question: Make) -> None:
    drawn = question(ask="Does it?", source=Source("other#1", Verdict.OVERSTATED, "Yes.", "No."))
    (finding,) = findings([drawn], [])
    assert (finding.ref, finding.title, finding.verdict) == (
        "other#1",
        "Does it?",
        Verdict.OVERSTATED,
    )
