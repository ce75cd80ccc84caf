"""Altered versions of a check, each with one slip made: what the question must notice.

Only source is read and written here, within the bounds of the check language; nothing is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from quizcnn.check.edits import Edit, SlipKind
from quizcnn.check.job import Given
from quizcnn.check.limits import BITS, CheckError
from quizcnn.check.mutations import edits
from quizcnn.check.spans import Span, normalised
from quizcnn.check.syntax import read_expression, read_program

LIMIT = 60
"""Mutants of one check at most."""

TRIED = 200
"""Changes that are read again at most, to find so many that are a check's."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """One slip: the code with it, or the code as it is and the given that is altered.

    `name` says it in words. `line` and `column` count from 1, in the code or, where `given` names
    one, in that given. `before` and `after` are the lines of the source that differ. A given that
    is a number is altered on every variant (`alteration` is one of "+ 1", "- 1", "* 2", "not"); one
    that is an expression only where it reads `was`. `moved`: it moves a number, up or down.
    """

    code: str
    name: str
    kind: SlipKind
    line: int
    column: int
    before: str
    after: str
    given: str | None = None
    alteration: str = ""
    was: str = ""
    moved: bool = False

    @property
    def site(self) -> tuple[object, ...]:
        """What is altered: the same for all ways in which one number is moved, else its own."""
        if self.moved:
            return (self.given, self.was, self.line, self.column)
        return (self.given, self.was, self.line, self.column, self.kind, self.name)

    def givens(self, given: Mapping[str, Given]) -> Mapping[str, Given]:
        """A variant's givens as the mutant has them: the same where it does not alter them.

        >>> [doubled] = [one for one in mutants("n", {"n": 4}) if one.name == "2 * n for n"]
        >>> doubled.givens({"n": 5})
        {'n': 10}
        """
        if self.given is None or self.given not in given:
            return given
        old = given[self.given]
        if isinstance(old, str):
            new: Given = self.alteration if old.strip() == self.was else old
        else:
            new = _altered(old, self.alteration)
        return {**given, self.given: new}

    @property
    def diff(self) -> tuple[str, ...]:
        """The change as a diff: the lines as they were after `- `, as they are after `+ `."""
        old = [f"- {line}" for line in self.before.splitlines()]
        return (*old, *(f"+ {line}" for line in self.after.splitlines()))


def mutants(
    code: str,
    given: Mapping[str, Given],
    limit: int = LIMIT,
    *,
    claims: Sequence[str] = (),
    fine: bool = True,
) -> tuple[Mutant, ...]:
    """The mutants of a check, at most `limit`, always the same in the same order.

    None is the check itself, no two read as the same tree, and each is within the language.
    Code that is not has none. Where there are more than `limit`, every kind of slip keeps its
    share. `claims` are looked at to see what the code is for; they are not altered. Unless the
    answer is `fine` (a number, a shape, an array), numbers are not moved and no settings added: a
    verdict or an order need not show that.

    >>> [one.name for one in mutants("max_pool2d(x, 2)", {})][:2]
    ['average instead of max pooling', 'min instead of max pooling']
    """
    try:
        original = _tree(code)
    except CheckError:
        return ()
    found = chain(_of_givens(code, given, fine), _of_code(code, given, claims, fine))
    by_kind: dict[SlipKind, list[Mutant]] = {}
    seen = {("", original)}
    for one in (one for _, one in zip(range(TRIED), found, strict=False)):
        try:
            if one.given is None:
                subject = ("", _tree(one.code))
            elif one.was:
                subject = (one.given, _tree(one.alteration, "eval"))
                seen.add((one.given, _tree(one.was, "eval")))
            else:
                subject = (one.given, one.alteration)
        except CheckError:
            continue  # it would not be a check: nothing that an author could have written
        if subject not in seen:
            seen.add(subject)
            by_kind.setdefault(one.kind, []).append(one)
    return _shared([by_kind[kind] for kind in SlipKind if kind in by_kind], limit)


def _tree(source: str, mode: str = "exec") -> str:
    program = read_program(source) if mode == "exec" else read_expression(source)
    everything = (*program.body, *((program.last,) if program.last else ()))
    return "\n".join(ast.dump(node) for node in everything)


def _shared(groups: Iterable[list[Mutant]], limit: int) -> tuple[Mutant, ...]:
    """At most `limit` of all, taken in turn from each group, in the groups' order."""
    groups = list(groups)
    turns = chain.from_iterable(zip_longest(*groups))
    taken = {id(one) for _, one in zip(range(limit), filter(None, turns), strict=False)}
    return tuple(one for group in groups for one in group if id(one) in taken)


def _of_code(
    code: str, given: Mapping[str, Given], claims: Sequence[str], fine: bool
) -> Iterator[Mutant]:
    source = normalised(code)
    program = read_program(source)
    tops = (*program.body, *((program.last,) if program.last else ()))
    beside = [last for that in claims if (last := _expression(that))]
    for edit in edits(tops, source, given, fine, beside):
        yield _mutant(source, edit)


def _expression(that: str) -> ast.expr | None:
    try:
        return read_expression(that).last
    except CheckError:
        return None


def _mutant(source: str, edit: Edit) -> Mutant:
    span = Span(source)
    after = span.replaced(edit.pieces)
    before_lines, after_lines = span.differing(after)
    line, column = edit.place
    return Mutant(
        after, edit.name, edit.kind, line, column, before_lines, after_lines, moved=edit.moved
    )


def _of_givens(code: str, given: Mapping[str, Given], fine: bool) -> Iterator[Mutant]:
    for name, value in given.items():
        if isinstance(value, bool):
            yield _given(code, name, value, "not", f"not {name} for {name}", SlipKind.GIVEN)
        elif isinstance(value, str):
            yield from _of_expression(code, name, value, given, fine)
        elif fine:
            yield _given(code, name, value, "+ 1", f"{name} + 1 for {name}", SlipKind.GIVEN)
            yield _given(code, name, value, "- 1", f"{name} - 1 for {name}", SlipKind.GIVEN)
            if value not in (0, 1):
                yield _given(code, name, value, "* 2", f"2 * {name} for {name}", SlipKind.DOUBLED)


def _given(code: str, name: str, value: Given, how: str, words: str, kind: SlipKind) -> Mutant:
    after = f"{name}: {_altered(value, how)!r}"
    return Mutant(code, words, kind, 1, 1, f"{name}: {value!r}", after, name, how, moved=True)


def _of_expression(
    code: str, name: str, value: str, given: Mapping[str, Given], fine: bool
) -> Iterator[Mutant]:
    source = normalised(value).strip()
    try:
        program = read_expression(source)
    except CheckError:
        return
    assert program.last is not None
    for edit in edits((program.last,), source, given, fine):
        made = _mutant(source, edit)
        yield Mutant(
            code,
            f"{edit.name} in {name}",
            edit.kind,
            *edit.place,
            "\n".join(f"{name}: {line}" for line in made.before.splitlines()),
            "\n".join(f"{name}: {line}" for line in made.after.splitlines()),
            given=name,
            alteration=made.code,
            was=source,
            moved=edit.moved,
        )


def _altered(value: Given, how: str) -> Given:
    if isinstance(value, bool | str):
        return not value if how == "not" else value
    match how:
        case "+ 1":
            new = value + 1
        case "- 1":
            new = value - 1
        case _:
            new = 2 * value
    return value if isinstance(new, int) and new.bit_length() > BITS else new


__all__ = ["LIMIT", "Mutant", "SlipKind", "mutants"]
