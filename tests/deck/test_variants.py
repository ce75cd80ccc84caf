"""The variants of a question, with a checker of a few lines in the worker's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.job import Given, Job
from quizcnn.check.proof import Failure, Proof
from quizcnn.check.value import Name, Value
from quizcnn.deck.model import Deck, Question
from quizcnn.deck.variants import VariantError, variants

Read = Callable[[str], Deck]
Text = Callable[..., str]


class Arithmetic:
    """Evaluates the tests' own expressions with Python itself, and counts its calls."""

    def __init__(self) -> None:
        self.calls = 0

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        self.calls += 1
        return [self._proof(job) for job in jobs]

    def _proof(self, job: Job) -> Proof:
        names: dict[str, Value] = {}
        for name, expression in job.given.items():
            try:
                names[name] = self._value(expression, names)
            except ArithmeticError as error:
                failure = Failure("raised", str(error), line=1, column=3, given=name)
                return Proof(failure=failure)
        try:
            return Proof(given=tuple(names.items()), value=self._value(job.code, names))
        except ArithmeticError as error:
            return Proof(failure=Failure("raised", str(error), line=1, column=5))

    @staticmethod
    def _value(expression: Given, names: dict[str, Value]) -> Value:
        if not isinstance(expression, str):
            return expression
        value: Value = eval(expression, {}, dict(names))
        return value


@pytest.fixture
def checker() -> Arithmetic:
    return Arithmetic()


@pytest.fixture
def question(read: Read, question_with: Text) -> Callable[[str], Question]:
    return lambda lines: read(question_with(lines)).questions[0]


Ask = Callable[[str], Question]


def test_a_question_without_vary_has_its_canonical_variant_only(
    question: Ask, checker: Arithmetic
) -> None:
    (variant,) = variants(question("given: {n: 8, f: 3}"), checker)
    assert (variant.index, variant.given, variant.values) == (
        0,
        {"n": 8, "f": 3},
        {"n": 8, "f": 3},
    )
    assert checker.calls == 0


def test_the_canonical_variant_comes_first_and_once(question: Ask, checker: Arithmetic) -> None:
    """The grid holds it too, as its second point."""
    found = variants(question("vary: {n: 7..8, f: [3, 5]}"), checker)
    assert [tuple(variant.given.values()) for variant in found] == [(8, 3), (7, 3), (7, 5), (8, 5)]
    assert [variant.index for variant in found] == [0, 1, 2, 3]


def test_true_and_one_are_different_givens(question: Ask, checker: Arithmetic) -> None:
    found = variants(question("given: {n: 1, f: 3}\nvary: {n: [true, 1.0, 1]}"), checker)
    assert [repr(variant.given["n"]) for variant in found] == ["1", "True", "1.0"]


def test_where_leaves_out_what_does_not_meet_it(question: Ask, checker: Arithmetic) -> None:
    """Of 4 grid points three have f ≤ n; one call evaluates all."""
    found = variants(question("vary: {n: [3, 8], f: [2, 5]}\nwhere: f <= n"), checker)
    assert [tuple(variant.given.values()) for variant in found] == [(8, 3), (3, 2), (8, 2), (8, 5)]
    assert [variant.index for variant in found] == [0, 1, 2, 3]
    assert checker.calls == 1


def test_givens_that_are_expressions_are_evaluated_for_prose(
    question: Ask, checker: Arithmetic
) -> None:
    """A later one follows an earlier one that varies."""
    found = variants(question("given: {n: 8, f: n // 2}\nvary: {n: [10]}"), checker)
    assert [variant.values for variant in found] == [{"n": 8, "f": 4}, {"n": 10, "f": 5}]
    assert found[1].given == {"n": 10, "f": "n // 2"}


def error_of(question: Question, checker: Arithmetic) -> VariantError:
    with pytest.raises(VariantError) as caught:
        variants(question, checker)
    return caught.value


def test_a_given_that_fails_is_told_at_its_place(question: Ask, checker: Arithmetic) -> None:
    """The failure's column is counted from the given's own first character."""
    problem = error_of(question('given: {n: 8, f: "n % 0"}'), checker).problem
    assert (problem.place.line, problem.place.column) == (8, 23 + 2)
    assert "zero" in problem.message


def test_a_varied_value_that_fails_is_told_in_its_list(question: Ask, checker: Arithmetic) -> None:
    error = error_of(question("vary: {f: [5, 1 // 0]}"), checker)
    assert (error.problem.place.line, error.problem.place.column) == (11, 19 + 2)
    assert error.problem.hint == "with n = 8, f = 1 // 0"
    assert str(error) == str(error.problem)


def test_a_given_that_fails_for_a_value_of_a_range_is_told_at_the_given(
    question: Ask, checker: Arithmetic
) -> None:
    error = error_of(question("given: {n: 8, f: 8 // n}\nvary: {n: 0..8}"), checker)
    assert (error.problem.place.line, error.problem.place.column) == (8, 22 + 2)
    assert "n = 0" in error.problem.hint


def test_a_where_that_fails_is_told_at_its_place(question: Ask, checker: Arithmetic) -> None:
    asked = question("vary: {n: 4..8}\nwhere: n % 0 == 1")
    problem = error_of(asked, checker).problem
    assert (problem.place.line, problem.place.column) == (12, 12 + 4)


def test_a_where_that_is_no_truth_value_is_told(question: Ask, checker: Arithmetic) -> None:
    problem = error_of(question("vary: {n: 4..8}\nwhere: n - f"), checker).problem
    assert (problem.place.line, problem.place.column) == (12, 12)
    assert problem.message == "`where` must be true or false, not `5`"


def test_a_canonical_variant_that_where_refuses_is_told(question: Ask, checker: Arithmetic) -> None:
    problem = error_of(question("vary: {n: 4..9}\nwhere: n > 8"), checker).problem
    assert (problem.place.line, problem.place.column) == (12, 12)
    assert "does not meet its `where`" in problem.message


def test_a_question_without_a_file_may_have_too_many_variants(
    question: Ask, checker: Arithmetic
) -> None:
    """The loader refuses such a file; a question made by hand meets the same bound."""
    asked = replace(question("vary: {n: 4..8}"), vary={"n": tuple(range(10_002))})
    assert "more than 10000 variants" in error_of(asked, checker).problem.message
    assert checker.calls == 0


def test_the_question_s_timeout_holds_for_its_givens(question: Ask) -> None:
    class Noting(Arithmetic):
        timeout = 0.0

        def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
            self.timeout = timeout
            return super().run(jobs, timeout)

    noting = Noting()
    variants(question("given: {n: 8, f: n}\ntimeout: 20"), noting)
    assert noting.timeout == 20.0


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


def test_the_worker_computes_the_good_deck_s_variants(deck: Deck, worker: Worker) -> None:
    """Of 3 × 2 grid points 5 have f ≤ n, and the canonical one is not among them."""
    found = variants(deck.questions[0], worker)
    points = [tuple(variant.values.values()) for variant in found]
    assert points == [(8, 3), (4, 3), (5, 3), (5, 5), (6, 3), (6, 5)]
    (receiver,) = (question for question in deck.questions if question.id == "one-receiver")
    assert variants(receiver, worker)[0].values == {"pool": Name("max_pool2d")}


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ('given: {n: 8, f: "n + m"}', (8, 27)),
        ("vary: {n: 4..8}\nwhere: n > m", (12, 16)),
        ("vary: {n: 4..8}\nwhere: |\n  n >\n  m", (13, 10)),
        ("vary: {n: [8, n +* 3]}", (11, 22)),
    ],
)
def test_a_fault_that_the_worker_finds_is_told_at_its_place(
    question: Ask, worker: Worker, lines: str, place: tuple[int, int]
) -> None:
    """An unknown name, code that goes on nowhere, and code that is no Python."""
    with pytest.raises(VariantError) as caught:
        variants(question(lines), worker)
    found = caught.value.problem.place
    assert (found.line, found.column) == place, str(caught.value)


def test_a_text_that_is_given_without_its_own_quotes_is_told_how_to_write_it(
    question: Ask, worker: Worker
) -> None:
    with pytest.raises(VariantError) as caught:
        variants(question("given: {n: 8, f: reflect}"), worker)
    assert """a text is written '"reflect"'""" in caught.value.problem.hint
    with pytest.raises(VariantError) as caught:
        variants(question("given: {n: 8, f: n + m}"), worker)
    assert caught.value.problem.hint == ""
