"""Which mutants a question notices, on questions made for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from specimens import GRADIENT

from quizcnn.check.client import Worker
from quizcnn.deck.model import Deck
from quizcnn.verify.mutants import as_json, text, try_mutants
from quizcnn.verify.mutating import bite
from quizcnn.verify.teeth import Catch, Teeth, share

WELL_MADE = """
    id: size
    kind: shape
    ask: An image of {n}×{n}, a kernel of {f}×{f}. What size comes out?
    given: {n: 8, f: 3}
    vary: {n: 6..8, f: [2, 3]}
    answer: (n - f + 1, n - f + 1)
    check: conv2d(ramp(n, n), ones(f, f)).shape
    wrong:
      - given: {f: 1}
        because: That is the size for a kernel of one pixel.
    """

IGNORING = """
    id: size
    kind: shape
    ask: An image of {n}×{n}, a kernel of {f}×{f}. What size comes out?
    given: {n: 8, f: 3}
    answer: (6, 6)
    check: conv2d(ramp(8, n), ones(3, 3)).shape
    wrong:
      - given: {n: 9}
        because: That is the size for another image.
    """


@pytest.fixture
def bitten(deck: Callable[..., Deck], worker: Worker) -> Callable[[str], Teeth]:
    """Tries the mutants of one question in YAML."""
    return lambda question: try_mutants([deck(question)], worker)[0]


def names(teeth: Teeth) -> list[str]:
    return [one.mutant.name for one in teeth.survivors]


def test_a_well_made_question_has_no_survivors(bitten: Callable[[str], Teeth]) -> None:
    teeth = bitten(WELL_MADE)
    assert (teeth.survivors, teeth.problems, teeth.skipped) == ((), (), "")
    assert teeth.noticed == teeth.tried > 5


def test_a_check_that_ignores_a_given_has_survivors(bitten: Callable[[str], Teeth]) -> None:
    """f stands in the prose, and no kernel of f×f is ever made."""
    teeth = bitten(IGNORING)
    assert names(teeth) == ["f + 1 for f"]
    assert teeth.survivors[0].mutant.diff == ("- f: 3", "+ f: 4")
    assert teeth.survivors[0].place.line == 9


def test_a_survivor_is_shown_as_a_diff_at_its_place(bitten: Callable[[str], Teeth]) -> None:
    told = list(text([bitten(IGNORING)]))
    assert "  test.yaml:9:22: this change went unnoticed: f + 1 for f" in told
    assert told[told.index("    - f: 3") + 1] == "    + f: 4"
    assert told[-1].startswith("In all, ")


def test_another_variant_catches_what_the_canonical_one_does_not(
    bitten: Callable[[str], Teeth],
) -> None:
    """On 3×3 the sum of the sides is their product less 3."""
    question = """
        id: cells
        kind: number
        ask: How many cells have {a} rows of {b}?
        given: {a: 2, b: 2}
        vary: {a: 2..3}
        answer: a * b
        check: a + b if a == 2 else len(range(a * b))
        wrong:
          - given: {a: 1}
            because: One row.
        """
    caught = {one.name: catch for one, catch in bitten(question).caught}
    assert caught["a // b instead of a * b"] is Catch.VARIANT
    assert caught["a - b instead of a + b"] is Catch.ANSWER


def test_a_contrast_catches_what_the_answer_does_not(bitten: Callable[[str], Teeth]) -> None:
    """Where the right answer is false, a mutant that is always false shows only by contrast."""
    question = """
        id: keeps
        kind: true_false
        ask: An even kernel keeps the size of an image.
        given: {f: 4}
        answer: false
        check: |
          sides = [conv2d(ramp(9, 9), ones(f, f), padding=p).shape[0] for p in range(5)]
          any([side == 9 for side in sides])
        contrast:
          - given: {f: 3}
            because: An odd one does.
        """
    caught = {one.name: catch for one, catch in bitten(question).caught}
    assert caught["padding p left out"] is Catch.CONTRAST
    assert caught["all instead of any"] is Catch.CONTRAST


def test_a_check_that_is_always_true_has_no_teeth(bitten: Callable[[str], Teeth]) -> None:
    teeth = bitten(GRADIENT.replace("== 4", "<= 16").split("    contrast:")[0])
    assert "average instead of max pooling in pool" in names(teeth)


def test_a_mutant_that_does_not_end_is_caught_and_costs_little(
    bitten: Callable[[str], Teeth],
) -> None:
    question = """
        id: steps
        kind: number
        ask: How many steps?
        given: {n: 4}
        answer: n
        check: |
          count = 0
          for i in range(n * 1):
              for j in range(10 ** (4 - n)):
                  count = count + 1
          count
        wrong:
          - given: {n: 3}
            because: Ten each.
        """
    teeth = bitten(question)
    assert teeth.tried == teeth.noticed + len(teeth.survivors)


def test_a_question_that_fails_by_itself_is_skipped(bitten: Callable[[str], Teeth]) -> None:
    teeth = bitten(WELL_MADE.replace("(n - f + 1, n - f + 1)", "(n, n)"))
    assert "the check computes 6×6" in teeth.skipped
    assert teeth.tried == 0


def test_what_is_marked_equivalent_counts_neither_way(bitten: Callable[[str], Teeth]) -> None:
    plain = bitten(IGNORING)
    mark = "equivalent: [{change: f + 1 for f, because: The size is written out.}]"
    marked = bitten(IGNORING + mark + "\n")
    assert (marked.survivors, marked.problems) == ((), ())
    assert [because for _, because in marked.equivalent] == ["The size is written out."]
    assert marked.tried == plain.tried - 1


def test_a_mark_may_be_the_altered_line_and_its_spaces_do_not_matter(
    bitten: Callable[[str], Teeth],
) -> None:
    mark = 'equivalent: [{change: "f:   4", because: The size is written out.}]'
    assert bitten(IGNORING + mark + "\n").survivors == ()


def test_a_mark_that_nothing_is_called_says_what_may_be_meant(
    bitten: Callable[[str], Teeth],
) -> None:
    [problem] = bitten(IGNORING + "equivalent: [{change: f + 2 for f, because: So.}]\n").problems
    assert "did you mean `f + 1 for f`?" in problem.message
    assert problem.place.line == 15


def test_a_mark_of_what_is_noticed_is_to_be_deleted(bitten: Callable[[str], Teeth]) -> None:
    [problem] = bitten(IGNORING + "equivalent: [{change: n + 1 for n, because: So.}]\n").problems
    assert "the question notices it: delete the mark" in problem.message


def test_the_report_for_machines_says_the_same(bitten: Callable[[str], Teeth]) -> None:
    teeth = bitten(IGNORING)
    told = json.loads(as_json([teeth]))
    assert told["share"] == round(share([teeth]), 4)
    assert told["questions"][0]["survivors"][0]["diff"] == ["- f: 3", "+ f: 4"]
    assert sum(told["questions"][0]["by"].values()) == told["caught"] == teeth.noticed


def test_the_result_does_not_depend_on_how_many_workers_share_the_work(
    deck: Callable[..., Deck], worker: Worker
) -> None:
    shelf = deck(WELL_MADE, GRADIENT)
    with Worker() as second:
        assert try_mutants([shelf], worker, helpers=[second]) == try_mutants([shelf], worker)


def test_the_guide_s_example_is_marked_as_it_says(
    deck: Callable[..., Deck], worker: Worker
) -> None:
    """The report that the guide quotes is what the question gets without its mark."""
    guide = (Path(__file__).parents[2] / "questions" / "README.md").read_text(encoding="utf-8")
    section = guide.partition("\n## Mutants: does your check have teeth?\n")[2]
    section = section.partition("\n## ")[0]
    example = section.partition("```yaml\n  - ")[2].partition("```")[0]
    quoted = section.partition("```console\n")[2].partition("```")[0].splitlines()
    example = "id" + dedent("    " + example).partition("id")[2]
    marked = bite(deck(example).questions[0], worker)
    assert (len(marked.equivalent), marked.problems) == (1, ())
    bare = bite(deck(example.partition("equivalent:")[0]).questions[0], worker)
    told = list(text([bare]))
    assert quoted[0].partition(": ")[2] in told[1].partition(": ")[2]
    assert quoted[1:] == told[2:4]
