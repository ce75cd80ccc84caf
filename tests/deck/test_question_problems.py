"""Each thing that can be wrong with a question is told at its place, with how to mend it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizcnn.deck.model import Problem

Expect = Callable[[str, str, str], None]
Text = Callable[..., str]
Problems = Callable[[str], tuple[Problem, ...]]

NUMBER = [
    ("‸tolerence: {abs: 1}", "has no field `tolerence`", "did you mean `tolerance`?"),
    ("‸size: 3", "has no field `size`", ""),
    ("kind: ‸nunber", "`nunber` is no kind", "did you mean `number`?"),
    ("kind: ‸[number]", "`kind` must be a text, not a list", "quote"),
    ("id: ‸Output Size", "not a name of lowercase words", "write `output-size`"),
    ("id: ‸×", "not a name of lowercase words", "valid-output-size"),
    ("ask:‸ ", "`ask` is empty", "write a text"),
    ("ask: ‸{n} pixels", "begins with `{` is read as a mapping", "quotes"),
    ("ask: ‸{n}", "`ask` must be a text, not a mapping", "quote"),
    ("ask: ‸[n] pixels", "begins with `[` is read as a list", "quotes"),
    ("hint: ‸[n]", "`hint` must be a text, not a list", "quote"),
    ("hint:\n  ‸- a", "`hint` must be a text, not a list", ""),
    ("ask: How many of ‸{m}?", "`{m}` is not a given's name", "given here: `n` and `f`"),
    ("ask: |\n  How\n  many ‸{nn}?", "`{nn}` is not a given's name", "did you mean `n`?"),
    ("explain: 'see ‸{n + 1}'", "`{n + 1}` is not a given's name", "write {{ or }}"),
    ("explain: see ‸{n", "a brace without a given's name", "write {{ or }}"),
    ("explain: see n‸}", "a brace without a given's name", "write {{ or }}"),
    ("ask: '‸it''s {m}'", "`{m}` is not a given's name", ""),
    ("given: ‸8", "`given` must be a mapping", "{n: 8, f: 3}"),
    ("given: {n: 8, f: 3, ‸class: 1}", "`class` is a word of Python's own", "another name"),
    ("given: {n: 8, f: 3, ‸seed: 1}", "`seed` cannot be given", "every check has it"),
    ("given: {n: 8, f: 3, ‸2n: 1}", "`2n` cannot be a name", "a letter first"),
    ("given: {n: 8, f: 3, ‸größe: 1}", "`größe` cannot be a name", "letters a to z"),
    ("given: {n: 8, f: 3, ‸_x: 1}", "`_x` cannot be a name", "a letter first"),
    ("given: {n: 8, f: 3, g: ‸}", "no value", "write one"),
    ("given: {n: 8, f: 3, g: ‸null}", "no value", "write one"),
    ("given: {n: 8, f: 3, g: ‸.inf}", "not a finite number", ""),
    ("given: {n: 8, f: 3, g: ‸1e999}", "not a finite number", ""),
    ("given: {n: 8, f: 3, g: ‸" + 200 * "9" + "}", "beyond 512 bits", "2**500"),
    ("given: {n: 8, f: 3, g: ‸{a: 1}}", "must be a number or an expression", "without braces"),
    ("vary: ‸4..32", "`vary` must be a mapping", ""),
    ("vary: {‸m: 4..32}", "`m` varies but is not given", "`n`, `f`"),
    ("vary: {n: ‸4...32}", "`n` must be a list or a range", "4..32"),
    ("vary: {n: ‸0.1..0.5}", "`n` must be a list or a range", "4..32"),
    ("vary: {n: ‸4}", "`n` must be a list or a range", "[3, 5, 7]"),
    ("vary: {n: ‸9..4}", "this range is empty", "write 4..9"),
    ("vary: {n: ‸1..10001}", "more than 10000 values", "fewer"),
    ("vary: {n: ‸[]}", "`n` has no values", ""),
    ("vary: ‸{n: 1..101, f: 1..100}", "more than 10000 variants", "vary less"),
    ("vary: {n: [1, ‸null]}", "no value", "write one"),
    ("‸where: n > f", "`where` without `vary`", ""),
    ("vary: {n: 4..5}\nwhere: ‸[", "never closed", "]"),
    ("answer:‸ ", "no value", "write one"),
    ("answer: ‸true", "`answer` must be the expression of a number", "true_false"),
    ("answer: ‸{n}", "must be a number or an expression", "without braces"),
    ("check:‸ ", "`check` is empty", "computes the answer"),
    ("check: ‸[1]", "`check` must be code, not a list", ""),
    ("check: ‸>\n  x = 1\n  x", "join or shift the lines", "check: |"),
    ("check: ‸x = 1\n  x", "join or shift the lines", "check: |"),
    ('check: ‸"x = 1\\nx"', "join or shift the lines", "check: |"),
    ("wrong: ‸{is: 3, because: No.}", "`wrong` must be a list", "- "),
    ("wrong: ‸[]", "`wrong` is an empty list", "leave the field out"),
    ("wrong:\n  - ‸is: 3", "a wrong answer needs `because`", "why"),
    ("wrong:\n  - ‸because: No.", "needs `is` or `given`", "slip"),
    ("wrong:\n  - {is: 3, ‸given: {n: 1}, because: No.}", "has `is` and `given`", "keep one"),
    ("wrong:\n  - {‸text: 3, because: No.}", "`text` does not fit", "`is:`"),
    ("wrong:\n  - {is: 3, ‸becuase: x, because: No.}", "no field `becuase`", "`because`"),
    ("wrong:\n  - ‸is:3", "must be a mapping", "a space must follow the colon"),
    ("wrong:\n  - {given: {‸s: 1}, because: No.}", "`s` is not given", "`n`, `f`"),
    ("wrong:\n  - {given: ‸{}, because: No.}", "nothing is altered", "other value"),
    ("wrong:\n  - {is: 3, because: 'No, ‸{m}.'}", "`{m}` is not a given's name", ""),
    ("contrast:\n  - ‸because: No.", "a contrast needs `given` or `check`", "altered"),
    ("contrast:\n  - ‸check: 3", "a contrast needs `because`", ""),
    ("contrast:\n  - {given: {‸m: 3}, because: No.}", "`m` is not given", "known here"),
    ("claims:\n  - ‸say: It is", "a claim needs `that`", "expression"),
    ("claims:\n  - ‸that: n > f", "a claim needs `say`", "words"),
    ("claims:\n  - {say: ‸, that: n > f}", "`say` is empty", ""),
    ("‸pick: max", "`pick` does not fit kind `number`", "it fits `choice`"),
    ("‸layout: H×W", "`layout` does not fit kind `number`", "it fits `shape`"),
    ("tolerance: ‸0.1", "`tolerance` must be a mapping", ""),
    ("tolerance: ‸{}", "needs `abs` or `rel`", "abs: 0.01"),
    ("tolerance: {abs: ‸0}", "`abs` must be a number above 0", ""),
    ("tolerance: {abs: ‸'0.1'}", "`abs` must be a number", "without quotes"),
    ("tolerance: {abs: ‸small}", "`abs` must be a number, not `small`", ""),
    ("tolerance: {abs: ‸[1]}", "`abs` must be a number, not a list", ""),
    ("level: ‸4", "a whole number from 1 to 3, not `4`", ""),
    ("level: ‸1.5", "`level` must be a whole number", ""),
    ("level: ‸easy", "`level` must be a whole number, not `easy`", ""),
    ("revision: ‸0", "a whole number at least 1", ""),
    ("timeout: ‸31", "a number above 0 and up to 30, not `31`", ""),
    ("timeout: ‸0", "a number above 0 and up to 30", ""),
    ("unit: ‸|\n  two\n  lines", "`unit` must be one line", "shorten"),
    ("tags: ‸shape", "`tags` must be a list", "- "),
    ("tags: [shape, ‸shape]", "stands in `tags` twice", "keep one"),
    ("needs: [‸two]", "no question `two` in this deck", "known here: `one`"),
    ("needs: [‸one]", "cannot need itself", "delete"),
    ("needs: [‸Two]\nwas: [two]", "not a name of lowercase words", "`two`"),
    ("was: [two, ‸two]", "stands in `was` twice", "keep one"),
    ("was: [‸one]", "the former id `one` belongs to another question", "line 5"),
    ("source: ‸pooling-faq", "`source` must be a mapping", "name: value"),
    ("source: ‸{verdict: confirmed}", "a source needs `ref`", "pooling-faq#23"),
    ("source: {ref: a, verdict: ‸confirmd}", "is no verdict", "did you mean `confirmed`?"),
    (
        "source: ‸{ref: a, verdict: overstated, correction: b}",
        "a source needs `says`",
        "the verdict is `overstated`",
    ),
    (
        "source: ‸{ref: a, verdict: wrong, says: b}",
        "a source needs `correction`",
        "the verdict is `wrong`",
    ),
    ("allow: ‸[giveaway]", "`allow` must be a mapping", "name: value"),
    ("allow: {giveaway: ‸}", "`giveaway` is empty", ""),
    ("equivalent: ‸stride", "`equivalent` must be a list", "begin each item with `- `"),
    ("equivalent: [‸stride]", "`equivalent` must be a mapping", "write it as `name: value`"),
    ("equivalent: ‸[]", "`equivalent` is an empty list", "leave the field out"),
    ("equivalent: [‸{change: n}]", "needs `because`", "why the check computes the same"),
    ("equivalent: [‸{because: So.}]", "needs `change`", "verify --mutants"),
    ("equivalent: [{change: ‸, because: So.}]", "`change` is empty", ""),
    ("equivalent: [{‸chance: n, change: n, because: So.}]", "no field `chance`", "`change`?"),
    (
        "equivalent: [{change: n, because: So.}, {change: ‸n, because: Too.}]",
        "`n` stands in `equivalent` twice",
        "keep one",
    ),
]

OTHERS = [
    ("true_false", "answer: ‸yes", "`answer` must be true or false, not `yes`", "true or false"),
    ("true_false", "answer: ‸'true'", "must be true or false", "without quotes"),
    ("true_false", "answer:‸ ", "`answer` must be true or false, not empty", ""),
    ("true_false", "‸unit: m", "`unit` does not fit kind `true_false`", "`number` and `array`"),
    ("true_false", "‸tolerance: {abs: 1}", "`tolerance` does not fit", "`number` and `array`"),
    ("choice", "answer: ‸pooling", "`answer` must be an option", "{text: …, given: {…}}"),
    ("choice", "answer: ‸{given: {k: 0}}", "an option needs `text`", "words"),
    ("choice", "answer: {text: none, ‸is: 3}", "an option has no field `is`", "`text`, `given`"),
    ("choice", "answer: ‸[]", "`answer` is an empty list", ""),
    ("choice", "pick: ‸largest", "`largest` is no pick", "`max`"),
    ("choice", "wrong:\n  - ‸because: No.", "a wrong answer needs `text`", "words"),
    ("choice", "wrong:\n  - {text: b, ‸is: 3, because: No.}", "`is` does not fit a choice", "text"),
    ("choice", "wrong:\n  - {text: ‸none, because: No.}", "`none` stands on line", "differently"),
    ("text", "answer: ‸[]", "`answer` is an empty list", ""),
    ("text", "answer: ‸{a: b}", "`answer` must be a text, not a mapping", "quote"),
    ("text", "answer: [a, ‸a]", "stands in `answer` twice", "keep one"),
    ("text", "answer: ['‸{m}', b]", "`{m}` is not a given's name", ""),
    ("text", "wrong:\n  - ‸because: No.", "needs `is`, `given` or `text`", "slip"),
    ("order", "answer: ‸first", "`answer` must be a list", "- "),
    ("order", "answer: ‸[first]", "an order needs two items", "others"),
    ("order", "answer: [a, ‸a]", "stands in `answer` twice", "keep one"),
    ("recall", "answer: ‸[a]", "`answer` must be a text, not a list", "quote"),
    ("recall", "claims: ‸[]", "`claims` is an empty list", "fill it"),
    ("recall", "‸wrong: [{is: 3, because: No.}]", "`wrong` does not fit kind `recall`", "`number`"),
]


@pytest.mark.parametrize(("lines", "message", "hint"), NUMBER, ids=[case[0] for case in NUMBER])
def test_a_fault_in_a_question_is_told_at_its_place(
    expect: Expect, question_with: Text, lines: str, message: str, hint: str
) -> None:
    """One problem, at the marked line and column, with a hint."""
    expect(question_with(lines), message, hint)


@pytest.mark.parametrize(
    ("kind", "lines", "message", "hint"), OTHERS, ids=[f"{case[0]}-{case[1]}" for case in OTHERS]
)
def test_a_fault_of_one_kind_is_told_at_its_place(
    expect: Expect, question_with: Text, kind: str, lines: str, message: str, hint: str
) -> None:
    """What fits one kind need not fit another."""
    expect(question_with(lines, kind), message, hint)


@pytest.mark.parametrize("name", ["id", "kind", "ask", "answer", "check"])
def test_a_missing_field_is_told_at_the_questions_begin(
    problems_of: Problems, question_with: Text, name: str
) -> None:
    (problem,) = problems_of(question_with(without=name))
    assert problem.message == f"a question needs `{name}`"
    assert (problem.place.line, problem.place.column) == (5, 5)
    assert problem.hint


@pytest.mark.parametrize(("kind", "name"), [("recall", "claims"), ("choice", "wrong")])
def test_a_field_that_one_kind_needs_is_missed(
    problems_of: Problems, question_with: Text, kind: str, name: str
) -> None:
    (problem,) = problems_of(question_with(kind=kind, without=name))
    assert problem.message == f"a question needs `{name}`"
    assert (problem.place.line, problem.place.column) == (5, 5)


def test_an_id_that_stands_twice_is_told_with_both_lines(
    problems_of: Problems, question_with: Text
) -> None:
    """The second place is pointed at, the first is named."""
    text = question_with()
    (problem,) = problems_of(text + text[text.index("  - ") :])
    assert (problem.place.line, problem.place.column) == (11, 9)
    assert "`one` stands a second time" in problem.message
    assert "line 5" in problem.hint


def test_two_questions_cannot_have_the_same_former_id(
    problems_of: Problems, question_with: Text
) -> None:
    first = question_with("was: [old]")
    second = question_with("id: two\nwas: [old]")
    (problem,) = problems_of(first + second[second.index("  - ") :])
    assert (problem.place.line, problem.place.column) == (18, 11)
    assert "`old` belongs to another question" in problem.message
    assert "line 11" in problem.hint


def test_all_faults_of_a_file_are_told_at_once_in_their_order(
    problems_of: Problems, question_with: Text
) -> None:
    """An author mends a file in one round."""
    text = question_with("id: A\nlevel: 9\ntimeout: 99\nhint: see {m}\nsize: 3\ncheck: ''")
    problems = problems_of(text.replace("schema: 1", "schema: 7"))
    assert [problem.place.line for problem in problems] == [1, 5, 10, 11, 12, 13, 14]


def test_a_given_that_cannot_be_read_is_told_once(
    problems_of: Problems, question_with: Text
) -> None:
    """Prose that uses its names is not blamed for it."""
    (problem,) = problems_of(question_with("given: 8\nask: How many of {n}?"))
    assert "`given` must be a mapping" in problem.message


def test_a_missing_given_makes_its_placeholder_a_fault(
    problems_of: Problems, question_with: Text
) -> None:
    (problem,) = problems_of(question_with("ask: How many of {n}?", without="given"))
    assert "nothing is given here" in problem.hint


def test_a_contrast_with_another_check_may_give_new_names(
    read: Callable[[str], object], question_with: Text
) -> None:
    """Its own check uses them."""
    read(question_with("contrast:\n  - {given: {m: 3}, check: m, because: Other.}"))


def test_reading_stops_after_a_hundred_problems(problems_of: Problems, question_with: Text) -> None:
    lines = "\n".join(f"size{number}: 3" for number in range(300))
    problems = problems_of(question_with(lines))
    assert len(problems) == 101
    assert problems[-1].message == "and more: reading stops after 100 problems"
