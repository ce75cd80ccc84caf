"""A question's mapping to a Question: which fields there are, what they hold, whom they fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quizcnn.check.job import Given
from quizcnn.deck import particulars
from quizcnn.deck.answers import (
    Scope,
    check_options,
    read_answer,
    read_claims,
    read_contrast,
    read_wrong,
)
from quizcnn.deck.expressions import code, expression, givens, vary
from quizcnn.deck.fields import Fields, lines, prose
from quizcnn.deck.messages import Problems, listed, quoted
from quizcnn.deck.model import Answer, Kind, Option, Pick, Question, Wrong
from quizcnn.deck.nodes import MappingNode, Node, ScalarNode, places
from quizcnn.deck.scalars import number, whole

_ALL = frozenset(Kind)
_KINDS = f"one of {listed(list(Kind), 'or')}"
_NUMBERS = frozenset({Kind.NUMBER, Kind.ARRAY})

FIELDS: Mapping[str, frozenset[Kind]] = {
    **dict.fromkeys(("id", "kind", "ask", "answer", "check", "given", "vary", "where"), _ALL),
    "wrong": _ALL - {Kind.RECALL},
    **dict.fromkeys(("contrast", "claims"), _ALL),
    "pick": frozenset({Kind.CHOICE}),
    **dict.fromkeys(("tolerance", "unit"), _NUMBERS),
    "layout": frozenset({Kind.SHAPE}),
    **dict.fromkeys(("hint", "explain", "tags", "level", "needs", "source"), _ALL),
    **dict.fromkeys(("timeout", "was", "revision", "allow", "equivalent"), _ALL),
}
"""Every field of a question and the kinds that it fits."""

LONGEST = 30.0
"""Seconds that a check may take at most."""

NONE_YET = "none yet"
"""What stands for a check that is still to be written. It is no Python, so it is never a check."""


def read_question(node: MappingNode, deck: str, problems: Problems) -> Question | None:
    """The question, None without a kind. After a problem its fields are not to be relied on."""
    fields = Fields(node, "a question", FIELDS, problems)
    checked = not _none_yet(fields.get("check"))
    kind = _kind(fields, checked, problems)
    given, names = _given(fields, problems)
    varied = _vary(fields, names, problems)
    scope = Scope(kind or Kind.RECALL, names, problems)
    check, check_place = "", node.place
    coded = fields.need("check", f"the code that computes the answer, or `{NONE_YET}`")
    if coded is not None and checked:
        check, check_place = code(coded, "check", problems)
    id_ = fields.need("id", "lowercase words joined by `-`; a learner's progress hangs on it")
    ask = fields.need("ask", "the question in words")
    answer, wrong = _answers(fields, scope if kind else None)
    where, timeout = fields.get("where"), fields.get("timeout")
    level, revision = fields.get("level"), fields.get("revision")
    read = Question(
        deck=deck,
        id="" if id_ is None else particulars.name(id_, "id", problems),
        kind=scope.kind,
        ask=prose(ask, "ask", names, problems),
        check=check,
        answer=answer,
        place=node.place,
        places=places(node),
        check_place=check_place,
        given=given,
        vary=varied,
        where=None if where is None else expression(where, "where", problems),
        wrong=wrong,
        contrast=read_contrast(fields.get("contrast"), scope, _elsewhere(answer, wrong)),
        claims=read_claims(fields.get("claims"), scope),
        pick=particulars.word(fields.get("pick"), "pick", Pick, problems) or Pick.TRUE,
        tolerance=particulars.tolerance(fields.get("tolerance"), problems),
        unit=fields.line("unit"),
        layout=fields.line("layout"),
        hint=prose(fields.get("hint"), "hint", names, problems) or None,
        explain=prose(fields.get("explain"), "explain", names, problems) or None,
        tags=lines(fields.get("tags"), "tags", problems),
        level=None if level is None else whole(level, "level", problems, 1, 3),
        needs=particulars.names(fields.get("needs"), "needs", problems),
        source=particulars.source(fields.get("source"), problems),
        timeout=2.0 if timeout is None else float(number(timeout, "timeout", problems, LONGEST)),
        was=particulars.names(fields.get("was"), "was", problems),
        revision=1 if revision is None else whole(revision, "revision", problems, 1),
        allow=particulars.reasons(fields.get("allow"), problems),
        equivalent=particulars.equivalent(fields.get("equivalent"), problems),
    )
    return read if kind else None


def _none_yet(node: Node | None) -> bool:
    return isinstance(node, ScalarNode) and node.text.strip() == NONE_YET


def _kind(fields: Fields, checked: bool, problems: Problems) -> Kind | None:
    kind = particulars.word(fields.need("kind", _KINDS), "kind", Kind, problems)
    for name, fits in FIELDS.items():
        if kind and kind not in fits and name in fields:
            only = f"it fits {listed([other for other in Kind if other in fits])}"
            problems.add(fields.key_place(name), f"`{name}` does not fit kind `{kind}`", only)
    if kind is Kind.RECALL and checked:
        fields.need("claims", "the facts that the check shows, each with `say` and `that`")
    if kind is Kind.CHOICE:
        fields.need("wrong", "the options that the check refutes")
    return kind


def _given(fields: Fields, problems: Problems) -> tuple[dict[str, Given], tuple[str, ...] | None]:
    """The givens and their names; None for these if nothing can be concluded from them."""
    node = fields.get("given")
    given = givens(node, problems)
    readable = isinstance(node, MappingNode) or "given" not in fields
    return given, tuple(given) if readable else None


def _vary(
    fields: Fields, names: tuple[str, ...] | None, problems: Problems
) -> dict[str, Sequence[Given]]:
    node = fields.get("vary")
    if isinstance(node, MappingNode) and names is not None:
        for key, _ in node.entries:
            if key.text not in names:
                hint = problems.did_you_mean(key.text, names) or "give it a value in `given` first"
                problems.add(key.place, f"{quoted(key.text)} varies but is not given", hint)
    if "where" in fields and "vary" not in fields:
        problems.add(
            fields.key_place("where"), "`where` without `vary`", "there is nothing to choose from"
        )
    return vary(node, problems)


def _answers(fields: Fields, scope: Scope | None) -> tuple[Answer, tuple[Wrong, ...]]:
    """The right and the wrong answers; without a kind nobody knows how to read them."""
    node = fields.need("answer", "what is claimed; the check never sees it")
    if scope is None:
        return "", ()
    answer = "" if node is None else read_answer(node, scope)
    if scope.kind is Kind.RECALL:
        return answer, ()
    if scope.kind is Kind.CHOICE:
        check_options(node, fields.get("wrong"), scope.problems)
    return answer, read_wrong(fields.get("wrong"), scope)


def _elsewhere(answer: Answer, wrong: tuple[Wrong, ...]) -> set[str]:
    """Names that are given by options."""
    right = answer if isinstance(answer, tuple) else ()
    names = {name for option in right if isinstance(option, Option) for name in option.given}
    return names.union(*(option.given for option in wrong))


def id_node(node: Node) -> Node | None:
    """Where a question's id stands, if it is one and has one."""
    return node.get("id") if isinstance(node, MappingNode) else None
