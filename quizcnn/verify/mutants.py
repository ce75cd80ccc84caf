"""`verify --mutants`: whether the checks of some decks have teeth, and the report of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from quizcnn.check.job import Checker
from quizcnn.deck.model import Deck, Question
from quizcnn.verify.mutating import bite
from quizcnn.verify.teeth import Catch, Survivor, Teeth, share


def try_mutants(
    decks: Iterable[Deck],
    checker: Checker,
    progress: Callable[[int, int], None] | None = None,
    *,
    helpers: Sequence[Checker] = (),
) -> tuple[Teeth, ...]:
    """Try the mutants of every question of `decks`; `helpers` share the work of `checker`.

    `progress` is called with how many questions are done, and how many there are. The result is
    the same with and without helpers.
    """
    questions = [question for deck in decks for question in deck.questions]
    free: SimpleQueue[Checker] = SimpleQueue()
    for one in (checker, *helpers):
        free.put(one)

    def run(question: Question) -> Teeth:
        mine = free.get()
        try:
            return bite(question, mine)
        finally:
            free.put(mine)

    found: list[Teeth] = []
    threads = ThreadPoolExecutor(1 + len(helpers))
    try:
        for teeth in threads.map(run, questions):
            found.append(teeth)
            if progress:
                progress(len(found), len(questions))
    finally:  # Ctrl-C does not wait for checks: whoever owns the checkers ends them
        threads.shutdown(wait=False, cancel_futures=True)
    return tuple(found)


def text(teeth: Sequence[Teeth]) -> Iterator[str]:
    """The report for people: the survivors as diffs, then each deck's share, then the whole."""
    for one in teeth:
        if one.skipped:
            yield f"{one.place}: {one.key}: nothing was tried: {one.skipped}"
        for problem in one.problems:
            yield f"{problem.place}: {problem.message}"
        if one.survivors:
            yield f"{one.key}: {one.noticed} of {one.tried} mutants caught"
            for survivor in one.survivors:
                yield from _unnoticed(survivor)
    decks = dict.fromkeys(one.key.partition("/")[0] for one in teeth)
    if len(decks) > 1:
        for deck in decks:
            yield f"{deck}: {_told([one for one in teeth if one.key.partition('/')[0] == deck])}"
    yield f"In all, {_told(teeth)}"


def _unnoticed(survivor: Survivor) -> Iterator[str]:
    yield f"  {survivor.place}: this change went unnoticed: {survivor.mutant.name}"
    yield from (f"    {line}" for line in survivor.mutant.diff)
    if survivor.mark != survivor.mutant.name:
        yield "    (several changes are called so: `equivalent` names it by its altered line)"


def _told(teeth: Sequence[Teeth]) -> str:
    tried, caught = sum(one.tried for one in teeth), sum(one.noticed for one in teeth)
    equivalent = sum(len(one.equivalent) for one in teeth)
    beside = f"; {equivalent} more compute the same, as their questions say" if equivalent else ""
    return f"{caught} of {tried} mutants are caught ({100 * share(teeth):.1f} %){beside}."


def as_json(teeth: Sequence[Teeth]) -> str:
    """The same for machines: each question with its counts and survivors, and the whole."""
    return json.dumps(
        {
            "tried": sum(one.tried for one in teeth),
            "caught": sum(one.noticed for one in teeth),
            "equivalent": sum(len(one.equivalent) for one in teeth),
            "share": round(share(teeth), 4),
            "questions": [_question(one) for one in teeth],
        },
        ensure_ascii=False,
        indent=2,
    )


def _question(one: Teeth) -> dict[str, object]:
    return {
        "question": one.key,
        "file": one.place.file,
        "line": one.place.line,
        "tried": one.tried,
        "caught": one.noticed,
        "by": {catch.value: one.by[catch] for catch in Catch},
        "survivors": [
            {
                "name": survivor.mutant.name,
                "kind": survivor.mutant.kind.value,
                "line": survivor.place.line,
                "column": survivor.place.column,
                "diff": list(survivor.mutant.diff),
                "mark": survivor.mark,
            }
            for survivor in one.survivors
        ],
        "equivalent": [
            {"name": mutant.name, "because": because} for mutant, because in one.equivalent
        ],
        "problems": [
            {"line": problem.place.line, "message": problem.message} for problem in one.problems
        ],
        "skipped": one.skipped,
    }
