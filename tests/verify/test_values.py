"""Questions broken in their values on purpose: each break is caught, and the message says how."""

from __future__ import annotations

from specimens import GRADIENT

from quizcnn.deck.model import Place

SIZE = """
    id: size
    kind: shape
    ask: An image of {n}×{n}, a kernel of {f}×{f}, stride {s}. What size comes out?
    given: {n: 8, f: 3, s: 1}
    vary: {n: 6..8, f: [2, 3]}
    answer: (n - f + 1, n - f + 1)
    check: conv2d(ramp(n, n), ones(f, f), stride=s).shape
    wrong:
      - is: (n - f, n - f)
        because: Off by one.
      - given: {s: 2}
        because: That is the size at stride 2.
    contrast:
      - check: conv2d(ramp(n, n), ones(f, f), padding=1).shape
        because: Padding makes room.
    """

LAYERS = """
    id: layers
    kind: choice
    ask: Which of these has nothing to learn?
    check: parameters(layer) == 0
    answer: {text: a pool, given: {layer: MaxPool2d(2)}}
    wrong:
      - {text: a convolution, given: {layer: "Conv2d(1, 1, 3)"}, because: Nine weights and a bias.}
      - {text: a dense layer, given: {layer: "Linear(4, 2)"}, because: Eight weights.}
    """

CARD = """
    id: card
    kind: recall
    ask: What does pooling do to a map?
    answer: It shrinks it and keeps its channels.
    given: {k: 2}
    check: pooled = max_pool2d(ramp(3, 8, 8), k)
    claims:
      - {say: The map is smaller, that: "pooled.shape[1] < 8"}
      - {say: It keeps its sides' ratio, that: "pooled.shape[1] == 8 // k and k > 1"}
    contrast:
      - given: {k: 1}
        because: Windows of one pixel change nothing.
    """


def test_good_questions_hold(report):
    """Questions of which everything is true have no problem, and all is counted."""
    found = report(SIZE, GRADIENT, LAYERS, CARD)
    assert [problem for result in found.results for problem in result.problems] == []
    assert found.ok
    assert (found.questions, found.confirmed, found.failed) == (4, 4, 0)
    assert found.variants == 6 + 1 + 1 + 1
    assert (found.wrong_answers, found.wrong_refuted) == (4, 4)
    assert (found.contrasts, found.contrasts_flipped) == (3, 3)


def test_a_wrong_stored_answer_is_told_with_givens_and_both_values(result):
    """The message names the question, the smallest variant, the stored and the computed value."""
    found = result(SIZE.replace("answer: (n - f + 1", "answer: (n - f"))
    [problem] = [one for one in found.problems if one.code == "answer"]
    for part in ("test/size", "n = 6, f = 2, s = 1", "4×5", "5×5", "5 more of 6 variants"):
        assert part in problem.message
    assert problem.place == Place("test.yaml", 11, 13)
    assert found.proof is not None
    assert found.proof.value == (5, 5)


def test_an_answer_wrong_on_one_variant_only_is_caught(result):
    """An answer must hold on every variant, not on the canonical one alone."""
    found = result(SIZE.replace("answer: (n - f + 1, n - f + 1)", "answer: (n - f + 1, 6)"))
    [problem] = [one for one in found.problems if one.code == "answer"]
    assert "n = 8, f = 3" not in problem.message
    assert "3 more of 6 variants" in problem.message


def test_a_false_true_false_is_caught(result):
    """A truth value stored the wrong way round fails, and its contrast no longer flips it."""
    found = result(GRADIENT.replace("answer: true", "answer: false"))
    assert {one.code for one in found.problems} == {"answer", "contrast"}
    assert "stored answer is false, but the check computes true" in found.problems[0].message


def test_a_wrong_answer_that_is_right_is_caught(result, report):
    """A wrong answer equal to the right one on every variant is offered nowhere and not refuted."""
    broken = SIZE.replace("is: (n - f, n - f)", "is: (n - f + 1, 1 + n - f)")
    [problem] = result(broken).problems
    assert problem.code == "wrong"
    assert "equals the right answer, 5×5" in problem.message
    assert (report(broken).wrong_answers, report(broken).wrong_refuted) == (2, 1)


def test_a_wrong_answer_equal_to_another_is_caught(codes):
    """Two wrong answers that are the same everywhere are one too many."""
    twice = SIZE.replace("is: (n - f, n - f)", "is: ((n - f)//2 + 1, (n - f)//2 + 1)")
    assert codes(twice) == {"wrong"}


def test_a_wrong_answer_right_on_some_variants_is_left_out_there(result, report):
    """Where a wrong answer happens to be right it is left out, which is noted and no problem."""
    sometimes = SIZE.replace("is: (n - f, n - f)", "is: (6, 6)")
    assert result(sometimes).ok
    assert any(
        "Off by one" in note.message and "2 of 6 variants" in note.message
        for note in result(sometimes).notes
    )
    assert report(sometimes).wrong_refuted == 2


def test_a_wrong_answer_that_cannot_be_computed_anywhere_is_caught(result):
    """An expression that always fails is reported with its failure."""
    [problem] = result(SIZE.replace("is: (n - f, n - f)", "is: (n // (s - 1), n)")).problems
    assert problem.code == "wrong"
    assert "division" in problem.message or "zero" in problem.message


def test_a_wrong_option_that_is_right_is_caught(result, report):
    """An option listed as wrong that the check finds right fails, and is not refuted."""
    broken = LAYERS.replace("Conv2d(1, 1, 3)", "ReLU()")
    [problem] = result(broken).problems
    assert problem.code == "wrong"
    assert "“a convolution” is listed as wrong" in problem.message
    assert report(broken).wrong_refuted == 1


def test_a_right_option_that_is_wrong_is_caught(result):
    """A stored option that the check refutes fails, with what the check found instead."""
    broken = LAYERS.replace("MaxPool2d(2)", '"Conv2d(1, 1, 1)"')
    [problem] = result(broken).problems
    assert problem.code == "answer"
    assert "“a pool”" in problem.message
    assert "none right" in problem.message


def test_the_largest_or_smallest_option_must_be_the_stored_one(codes, result):
    """With `pick` the options of the largest or smallest value are the right ones."""
    counted = LAYERS.replace(
        "check: parameters(layer) == 0", "check: parameters(layer)\n    pick: min"
    )
    assert codes(counted) == set()
    [problem] = result(counted.replace("pick: min", "pick: max")).problems
    assert "the check finds “a convolution”; “a dense layer” right" in problem.message


def test_a_contrast_that_does_not_flip_is_caught(result, report):
    """A contrast under which the value stays the same is told with that value."""
    broken = GRADIENT.replace("avg_pool2d", "min_pool2d")
    [problem] = result(broken).problems
    assert problem.code == "contrast"
    assert "computes true as before" in problem.message
    assert report(broken).contrasts_flipped == 0


def test_a_contrast_that_alters_nothing_is_caught(result):
    """A contrast with the same givens as the question shows nothing."""
    [problem] = result(GRADIENT.replace("avg_pool2d", "max_pool2d")).problems
    assert problem.code == "contrast"
    assert "alters no given" in problem.message


def test_a_contrast_idle_on_some_variants_need_not_flip_there(codes):
    """A contrast counts where its givens differ from the variant's own."""
    varied = SIZE.replace("vary: {n: 6..8, f: [2, 3]}", "vary: {n: 6..8, s: [1]}").replace(
        "check: conv2d(ramp(n, n), ones(f, f), padding=1).shape", "given: {n: 6}"
    )
    assert codes(varied) == set()


def test_a_contrast_that_cannot_be_computed_is_caught(result):
    """A contrast whose check raises shows nothing."""
    broken = SIZE.replace("ones(f, f), padding=1", "ones(n + 1, f)")
    [problem] = result(broken).problems
    assert problem.code == "contrast"
    assert "cannot be computed" in problem.message


def test_a_slip_that_moves_nothing_is_caught(result, report):
    """A slip whose value is the right one on every variant is no slip."""
    broken = SIZE.replace("- given: {s: 2}", "- given: {s: 1}")
    [problem] = result(broken).problems
    assert problem.code == "slip"
    assert "equals the right answer" in problem.message
    assert report(broken).wrong_refuted == 1


def test_a_constant_check_is_caught(codes):
    """A check that gives the same whatever is given fails on the variants, slips and contrasts."""
    constant = SIZE.replace(
        "check: conv2d(ramp(n, n), ones(f, f), stride=s).shape", "check: (6, 6)"
    )
    assert codes(constant) >= {"answer", "slip"}
    constant = """
        id: constant
        kind: number
        ask: How many?
        given: {n: 8}
        answer: 6 * 1
        check: 2 * 3
        contrast:
          - given: {n: 9}
            because: More.
        """
    assert codes(constant) == {"contrast"}


def test_a_question_without_anything_that_can_fail_is_caught(codes):
    """Wrong expressions alone do not show that the check can fail."""
    toothless = SIZE[: SIZE.index("      - given: {s: 2}")]
    assert codes(toothless) == {"toothless"}


def test_a_check_that_repeats_the_answer_is_caught(codes):
    """The answer's own expression is no check."""
    broken = SIZE.replace(
        "check: conv2d(ramp(n, n), ones(f, f), stride=s).shape", "check: (n-f+1, n-f+1)"
    )
    assert "circular" in codes(broken)


def test_a_check_that_fails_is_told_at_its_line(result):
    """A failing check is a problem at the line of the file where it fails."""
    found = result(
        GRADIENT.replace("count_nonzero(grad(pool, x, 2)) == 4", "pool(x, 2, 3, 4, 5, 6)")
    )
    assert found.problems[0].code == "check"
    assert found.problems[0].place.line == 13
    assert "test/gradient" in found.problems[0].message


def test_a_check_that_does_not_end_is_caught(result):
    """A check that needs too long is a problem of time, not of the answer."""
    endless = """
        id: endless
        kind: number
        ask: How many?
        given: {n: 3}
        timeout: 0.3
        answer: n
        check: |
          total = zeros(600, 600)
          for step in range(100000):
            total = total @ total
          3
        contrast:
          - check: "4"
            because: Four.
        """
    found = result(endless)
    assert found.problems[0].code in {"time", "check"}
    assert found.proof is not None
    assert found.proof.failure is not None
    assert found.proof.failure.kind in {"timeout", "limit"}


def test_a_value_of_the_wrong_kind_is_caught(result):
    """A check must give what its kind asks for; a truth value is not a number."""
    [problem, *_] = result(
        """
        id: bool
        kind: number
        ask: How many?
        answer: "1"
        check: 2 > n
        given: {n: 1}
        contrast: [{given: {n: 2}, because: Two.}]
        """
    ).problems
    assert problem.code == "check"
    assert "not a finite number" in problem.message


def test_a_claim_that_does_not_hold_is_caught(result):
    """A claim that fails is told in its own words."""
    found = result(CARD.replace("pooled.shape[1] < 8", "pooled.shape[1] < 2"))
    assert found.problems[0].code == "claim"
    assert "“The map is smaller” does not hold" in found.problems[0].message


def test_a_claim_that_never_fails_is_caught(result):
    """Each claim must fail under one contrast at least."""
    [problem] = result(CARD.replace("pooled.shape[1] < 8", "pooled.shape[0] == 3")).problems
    assert problem.code == "untested"
    assert "The map is smaller" in problem.message


def test_a_contrast_that_makes_no_claim_fail_is_caught(codes):
    """A contrast of claims must make one of them fail."""
    assert codes(CARD.replace("given: {k: 1}", "given: {k: 4}")) == {"contrast", "untested"}


def test_a_seed_dependent_answer_is_caught(result):
    """What holds for seed 0 alone is not verified, and the message names the seed."""
    lucky = """
        id: lucky
        kind: true_false
        ask: The sum is large.
        answer: true
        given: {low: 0}
        check: |
          x = integers(1, low=low, high=100)
          x[0] == integers(1, low=0, high=100, seed=0)[0]
        contrast:
          - given: {low: 100 - 1}
            because: Always the same.
        """
    found = result(lucky)
    [problem] = [one for one in found.problems if one.code == "seed"]
    assert "seed = 1" in problem.message


def test_variants_that_cannot_be_computed_are_caught(result):
    """A given that raises is a problem at its place."""
    found = result(
        SIZE.replace("vary: {n: 6..8, f: [2, 3]}", "vary: {n: 6..8}\n    where: n / (n - 7) > 0")
    )
    assert [one.code for one in found.problems] == ["variants"]
    assert found.variants == 0


def test_a_slip_or_contrast_may_use_the_value_that_it_alters(report):
    """Also beside a given of the same name within another word, and in a layer."""
    found = report(
        """
        id: own
        kind: number
        ask: How many values has an image of {n}×{n}?
        given: {n: 4, nn: 7, layer: "Conv2d(1, n, 3)"}
        vary: {n: 3..6}
        answer: n * n
        check: ones(n, n).size + parameters(layer) - parameters(layer)
        wrong:
          - {given: {n: n - 1}, because: One less.}
        contrast:
          - {given: {n: 2 * n, nn: n}, because: Twice as large.}
          - {given: {n: "n + 1 # more"}, because: One more.}
          - {given: {nn: "nn, 1"}, check: "nn[0] + nn[1]", because: Two numbers.}
        """
    )
    assert found.ok, [problem.message for one in found.results for problem in one.problems]
    assert (found.wrong_refuted, found.contrasts_flipped) == (1, 3)
