"""Questions broken in what people read and type: tolerances, messages, warnings, sources."""

from __future__ import annotations

import pytest

from quizcnn.deck.model import Place, SourceEntry, Verdict
from quizcnn.verify.codes import PROBLEMS, WARNINGS
from quizcnn.verify.verifying import verify

MEAN = """
    id: mean
    kind: number
    ask: A bright dot of value {v} among dark pixels meets a window of {k}×{k}. What is its mean?
    given: {v: 10, k: 3}
    answer: v / k**2
    tolerance: {abs: 0.01}
    check: avg_pool2d(dot(k, k, 0, 0, v), k)[0, 0]
    wrong:
      - {given: {k: 2}, because: That is the mean of a smaller window.}
      - {is: v, because: That is the maximum.}
    """

NAME = """
    id: name
    kind: text
    ask: Which pooling keeps the brightest pixel?
    answer: [max pooling, maximum pooling]
    given: {x: "[1, 2]"}
    check: |
      "max pooling" if np.max(x) == 2 else "none"
    wrong:
      - {text: average pooling, because: It mixes them.}
    contrast:
      - {given: {x: "[1, 3]"}, because: Another brightest.}
    """

LAYERS = """
    id: layers
    kind: choice
    ask: Which of these has nothing to learn?
    check: parameters(layer) == 0
    answer: {text: a pool, given: {layer: MaxPool2d(2)}}
    wrong:
      - {text: a convolution, given: {layer: "Conv2d(1, 1, 3)"}, because: Nine weights and a bias.}
    """

ORDER = """
    id: order
    kind: order
    ask: Put them in order of their side, the smallest first.
    answer: [valid, same, full]
    given: {side: 3}
    check: |
      sides = {sides}
      names = ["valid", "same", "full"]
      ranked = sorted([(sides[i], names[i]) for i in range(3)])
      tuple([name for size, name in ranked])
    contrast:
      - {given: {side: 1}, because: A kernel of one pixel makes all three alike.}
    """.replace("{sides}", "[8 - side + 1, 8 + (side - 3), 8 + side - 1]")


def test_good_questions_hold(result):
    """What is typed as it should be is taken as it should be."""
    for question in (MEAN, NAME, LAYERS, ORDER):
        assert result(question).problems == ()


def test_a_value_that_is_not_whole_needs_a_tolerance(result):
    """Nobody types sixteen digits: without a tolerance the value is told."""
    found = result(MEAN.replace("    tolerance: {abs: 0.01}\n", ""))
    [problem] = [one for one in found.problems if one.code == "tolerance"]
    assert "1.111111" in problem.message


def test_a_short_decimal_needs_no_tolerance(codes):
    """A value that has few digits can be typed exactly."""
    assert codes(MEAN.replace("    tolerance: {abs: 0.01}\n", "").replace("k: 3", "k: 4")) == set()


def test_a_tolerance_so_wide_that_a_wrong_answer_is_right_is_caught(codes):
    """A wrong answer within the tolerance is a right one, and offered nowhere."""
    assert codes(MEAN.replace("{abs: 0.01}", "{abs: 100}")) == {"slip", "wrong"}


@pytest.mark.parametrize("word", ["b", "A", "ab"])
def test_options_that_look_like_letters_are_caught(result, word):
    """An option whose words are letters of options cannot be told from them."""
    found = result(LAYERS.replace("text: a pool", f"text: {word}"))
    assert found.problems[0].code == "typed"
    assert f"“{word}” reads like letters" in found.problems[0].message


def test_an_order_whose_wrong_answer_has_other_items_is_caught(result):
    """A wrong order that cannot be given with the question's items is told to nobody."""
    broken = ORDER + "wrong:\n      - {is: \"('full', 'same')\", because: Backwards.}\n"
    [problem] = result(broken).problems
    assert problem.code == "message"
    assert "leaves out" in problem.message


def test_wrong_answers_within_tolerance_of_each_other_are_caught(result):
    """Of two wrong answers that cannot be told apart the second is offered nowhere."""
    found = result(MEAN.replace("{is: v,", "{is: v / 4 + 0.001,"))
    [problem] = found.problems
    assert "equals another wrong answer" in problem.message


@pytest.mark.parametrize(
    ("alter", "code"),
    [
        (("A bright dot of value {v}", "A bright dot of value 10"), "prose-number"),
        (("a window of {k}×{k}", "a window of 3×3"), "prose-number"),
    ],
)
def test_numbers_written_into_the_prose_are_warned_of(result, alter, code):
    """A number in prose that is not taken from a given is a warning, and the question holds."""
    found = result(MEAN.replace(*alter))
    assert found.ok
    assert [warning.code for warning in found.warnings] == [code]


def test_numbers_in_names_are_no_numbers(result):
    """VGG-16, 2-D and LeNet-5 are names; 0 and 1 are words."""
    asked = "VGG-16, 2-D, conv1 and LeNet-5 give pixels from 0 to 1; what has nothing to learn?"
    assert result(LAYERS.replace("Which of these has nothing to learn?", asked)).warnings == ()


GIVEAWAY = LAYERS.replace("text: a pool", "text: a pool that takes the maximum of every window")


def test_a_right_option_far_longer_than_the_others_is_warned_of(result):
    """The longest option is often the right one; learners know."""
    assert [warning.code for warning in result(GIVEAWAY).warnings] == ["giveaway"]


def test_a_warning_can_be_allowed_with_a_reason(result):
    """An allowed warning is not reported."""
    assert result(GIVEAWAY + 'allow: {giveaway: "It must be exact."}\n').warnings == ()


def test_only_warnings_can_be_allowed(result):
    """A problem's code and an unknown code cannot be allowed."""
    for code in ("answer", "givaway"):
        [problem] = result(LAYERS + f"allow: {{{code}: because}}\n").problems
        assert problem.code == "allow"
        assert f"“{code}”" in problem.message


def test_a_right_answer_that_is_always_largest_is_warned_of(report):
    """In a deck of questions whose right value is always the largest, the rank gives it away."""
    questions = [
        MEAN.replace("id: mean", f"id: mean-{v}")
        .replace("v: 10", f"v: {v}")
        .replace("{is: v,", "{is: v / 100 - 1,")
        .replace("{given: {k: 2}", "{given: {k: 4}")
        for v in range(10, 15)
    ]
    found = report(*questions)
    assert found.ok
    assert [w.code for r in found.results for w in r.warnings] == ["rank"]
    assert "largest" in found.results[0].warnings[0].message
    assert [w.code for r in report(*questions[:4]).results for w in r.warnings] == []


SOURCED = LAYERS + 'source: {ref: "faq#1", verdict: confirmed}\n'


def entry(ref: str, verdict: Verdict, reason: str = "") -> SourceEntry:
    return SourceEntry(ref, "A title", verdict, reason, Place("sources.yaml", 3))


def test_sources_that_are_covered_hold(deck, worker):
    """Each entry has a question, or is off topic with a reason."""
    entries = [entry("faq#1", Verdict.CONFIRMED), entry("faq#2", Verdict.OFF_TOPIC, "swimming")]
    assert verify([deck(SOURCED)], worker, entries).ok


@pytest.mark.parametrize(
    ("entries", "key", "part"),
    [
        ([entry("faq#2", Verdict.OFF_TOPIC, "x")], "test/layers", "not listed"),
        ([entry("faq#1", Verdict.OVERSTATED)], "test/layers", "“overstated”"),
        (
            [entry("faq#1", Verdict.CONFIRMED), entry("faq#2", Verdict.WRONG)],
            "faq#2",
            "has no question",
        ),
        ([entry("faq#1", Verdict.CONFIRMED), entry("faq#3", Verdict.OFF_TOPIC)], "faq#3", "reason"),
    ],
)
def test_sources_that_do_not_hold(deck, worker, entries, key, part):
    """A missing entry, another verdict, an uncovered entry and an unexplained one are caught."""
    report = verify([deck(SOURCED)], worker, entries)
    assert not report.ok
    [result] = [result for result in report.results if not result.ok]
    assert result.key == key
    assert [problem.code for problem in result.problems] == ["source"]
    assert part in result.problems[0].message
    assert report.failed == (1 if key == "test/layers" else 0)


def test_without_a_list_of_sources_none_is_looked_at(report):
    """A deck elsewhere may name sources of its own."""
    assert report(SOURCED).ok


def test_a_part_of_the_decks_need_not_cover_the_sources(deck, worker):
    """One deck alone is not asked for the questions that other decks have."""
    entries = [entry("faq#1", Verdict.CONFIRMED), entry("faq#2", Verdict.WRONG)]
    assert verify([deck(SOURCED)], worker, entries, whole=False).ok
    assert not verify([deck(SOURCED)], worker, entries[1:], whole=False).ok


def test_a_needed_question_must_exist(deck, worker):
    """A question of another deck may be needed if it is there."""
    needing = deck(LAYERS + "needs: [other/mean]\n")
    [problem] = verify([needing], worker).results[0].problems
    assert problem.code == "needs"
    assert "other/mean" in problem.message
    other = deck(MEAN, name="other")
    assert verify([needing, other], worker).ok
    assert verify([needing], worker, whole=False).ok


def test_questions_may_not_need_each_other(report):
    """A circle of needs is told with its members."""
    found = report(LAYERS + "needs: [mean]\n", MEAN + "needs: [layers]\n")
    assert [problem.code for result in found.results for problem in result.problems] == [
        "needs"
    ] * 2
    assert "test/layers needs test/mean needs test/layers" in found.results[0].problems[0].message


def test_every_code_is_documented_once():
    """A code is a problem or a warning, and says what it is for."""
    assert not PROBLEMS.keys() & WARNINGS.keys()
    assert all(text for text in (*PROBLEMS.values(), *WARNINGS.values()))
