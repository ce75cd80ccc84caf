"""quizcnn on a deck that was never in a file: everything in it that is text is hostile.

Run as `python display_driver.py COMMAND…` it is the app itself, with this deck in place of those
read from files and with a checker whose proofs are hostile too.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from shelf import Shelf

from quizcnn.check.job import Job
from quizcnn.check.proof import ClaimResult, Failure, Proof, Step
from quizcnn.check.value import Array, Name, Record, Value
from quizcnn.deck.model import (
    Claim,
    Contrast,
    Deck,
    Kind,
    Option,
    Place,
    Problem,
    Question,
    Source,
    SourceEntry,
    Tolerance,
    Verdict,
    Wrong,
)

C0 = [chr(code) for code in range(0x20) if chr(code) not in "\n\t"] + ["\x7f"]
C1 = [chr(code) for code in range(0x80, 0xA0)]
TURNING = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = list("\u00ad\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u2028\u2029")
OTHER = [
    *map(chr, range(0x206A, 0x2070)),
    *"\ufff9\ufffa\ufffb\ue000\U000f0000\U000e0001\U000e0041",
]
SEQUENCES = [
    "\x1b]52;c;U1BZ\x07",  # what one pastes next
    "\x1b]52;c;U1BZ\x1b\\",
    "\x9d52;c;U1BZ\x9c",
    "\x1b]8;;https://example.org\x1b\\",  # a link
    "\x1b]0;title\x07",
    "\x1b]2;title\x1b\\",
    "\x1b[2J",
    "\x1b[6n",  # the terminal would type an answer
    "\x1b[?1049l",
    "\x9b31m",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gi=1\x1b\\",
    "\x1b[201~",
    "\x1bc",
]
MARKUP = ["[bold]B[/bold]", "[@click=app.quit]Q[/]", "[link=x:y]L[/link]", "a[i]", r"\[b]", "[/]"]
DANGEROUS = frozenset([*C0, *C1, *TURNING, *INVISIBLE, *OTHER])

SINGLE = [*C0, *C1, *TURNING, *INVISIBLE, *OTHER]
PAYLOAD = " ".join([*MARKUP, *(f"Z{each}Q" for each in (*SEQUENCES, *SINGLE))])

NEEDLES = frozenset(
    PAYLOAD[at - 1 : at + 2].encode()
    for at, character in enumerate(PAYLOAD)
    if character in DANGEROUS
)
"""What must not arrive: each of the dangerous characters with its neighbours."""


def text(label: str) -> str:
    """A hostile text that can be told from the others."""
    return f"<{label}>{PAYLOAD}"


FILE = f"decks/{text('file')}.yaml"
PLACE = Place(FILE, 1)
CHECKED: dict[Kind, Value] = {
    Kind.NUMBER: 1,
    Kind.SHAPE: (1, 1),
    Kind.ARRAY: Array((2,), "float64", (1.0, 2.0), 1.0, 2.0),
    Kind.TRUE_FALSE: True,
    Kind.TEXT: text("answer"),
    Kind.ORDER: (text("first"), text("second")),
}
ANSWERS: dict[Kind, Any] = {
    Kind.NUMBER: "answer of number",
    Kind.SHAPE: "answer of shape",
    Kind.ARRAY: "answer of array",
    Kind.TRUE_FALSE: True,
    Kind.TEXT: (text("answer"), text("spelling")),
    Kind.ORDER: (text("first"), text("second")),
    Kind.CHOICE: (Option(text("option"), {"k": 1}, PLACE),),
    Kind.RECALL: text("prose"),
}
WRONG = {
    Kind.NUMBER: Wrong(text("because"), PLACE, expression="wrong"),
    Kind.CHOICE: Wrong(text("because"), PLACE, text=text("wrong"), given={"k": 0}),
    Kind.TEXT: Wrong(text("because"), PLACE, text=text("wrong")),
}


def question(kind: Kind, id_: str, check: str, **more: Any) -> Question:
    """A question of a kind in which every text is hostile."""
    fields: dict[str, Any] = {
        "deck": "one",
        "id": id_,
        "kind": kind,
        "ask": text(f"ask {kind}"),
        "check": check,
        "answer": ANSWERS[kind],
        "place": PLACE,
        "places": {},
        "check_place": PLACE,
        "given": {"n": 1, "t": text("given")},
        "wrong": (WRONG[kind],) if kind in WRONG else (),
        "contrast": (Contrast(text("contrast"), PLACE, {"n": 2}),),
        "claims": (Claim(text("say"), text("that"), PLACE), Claim(text("say 2"), "fails", PLACE)),
        "tolerance": Tolerance(0.1) if kind in (Kind.NUMBER, Kind.ARRAY) else None,
        "unit": text("unit"),
        "layout": text("layout"),
        "hint": text(f"hint {kind}"),
        "explain": text("explain"),
        "tags": (text("tag"),),
        "needs": (text("needs"),),
        "source": Source(text("ref"), Verdict.WRONG, text("says"), text("correction")),
        "was": (text("was"),),
        "allow": {text("allow"): text("reason")},
    }
    return Question(**{**fields, **more})


NAMED = question(Kind.NUMBER, text("id"), "check of number", deck=text("deck"))
QUESTIONS = (
    *(question(kind, f"{kind}", f"check of {kind}") for kind in Kind),
    question(Kind.NUMBER, "fails", "check that fails", claims=()),
    question(Kind.NUMBER, "unposed", "check of number", where="where"),
    question(Kind.RECALL, "doubtful", "check of doubt"),
)
DECKS = (
    Deck("one", text("title"), text("about"), Path(FILE), QUESTIONS, PLACE),
    Deck(text("deck"), text("second title"), text("second about"), Path(FILE), (NAMED,), PLACE),
)
PROBLEMS = (Problem(PLACE, text("problem"), text("problem's hint")),)
SOURCES = (
    SourceEntry(text("ref"), text("entry"), Verdict.WRONG, text("entry's reason"), PLACE),
    SourceEntry(text("other ref"), text("other entry"), Verdict.OFF_TOPIC, "", PLACE),
)


class Hostile:
    """A checker whose proofs hold hostile texts wherever a proof holds text."""

    isolation = text("isolation")

    def __init__(self, apart: bool = False) -> None:
        """As a worker is made."""

    def __enter__(self) -> Hostile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is held."""

    def run(self, jobs: Sequence[Job], timeout: float = 2.0) -> list[Proof]:
        """A proof for each job: of the value that its code stands for."""
        return [self._prove(job) for job in jobs]

    def _prove(self, job: Job) -> Proof:
        given = tuple((name, value) for name, value in job.given.items())
        if job.code in ("check that fails", "where"):
            return Proof(given, failure=Failure("raised", text(job.code), 1, 1, text("blamed")))
        value = self._value(job)
        steps = (
            Step(text("source"), 1, text("bound"), text("computed")),
            Step(text("of several") + "\nlines", 2, None, (text("in a tuple"), 1)),
            Step("named", 3, None, Name(text("name"))),
            Step("record", 4, None, Record(text("type"), ((text("field"), text("value")),))),
            Step("array", 5, None, Array((1, 1), text("dtype"), (1.0,), 1.0, 1.0)),
            Step(job.code, 6, None, value),
        )
        claims = tuple(
            ClaimResult(claim, None, Failure("raised", text("claim's failure")))
            if claim == "fails" and "doubt" in job.code
            else ClaimResult(claim, True)
            for claim in job.claims
        )
        named = ((text("given's name"), text("given's value")), *given)
        return Proof(named, steps, claims, value)

    @staticmethod
    def _value(job: Job) -> Value:
        if job.code == "True":
            return True
        kind = next((kind for kind in Kind if job.code.endswith(f"of {kind}")), None)
        if kind is Kind.CHOICE:
            return job.given.get("k") == 1
        return CHECKED.get(kind, 5) if kind else 5


class Found(Shelf):
    """The decks, in which a question is found by its kind: no argument holds a null."""

    def __enter__(self) -> Found:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is held."""

    def read(self, paths: Sequence[Path]) -> tuple[Problem, ...]:
        """What is wrong with other decks."""
        return PROBLEMS

    def find(self, text: str) -> Question | list[str]:
        """The question of this id, or else the id of one that is hostile."""
        return next((found for found in self.questions() if found.id == text), [NAMED.key])


def main() -> int:
    """The real command line, with the decks and the checker from above."""
    import quizcnn.check.client
    import quizcnn.cli.opening
    import quizcnn.cli.sources
    import quizcnn.cli.verify
    from quizcnn.cli.main import main as command_line
    from quizcnn.deck import catalog

    def read_sources(_: object) -> tuple[tuple[SourceEntry, ...], tuple[Problem, ...]]:
        return SOURCES, ()

    quizcnn.check.client.Worker = Hostile  # type: ignore[misc,assignment]
    catalog.Catalog.open = lambda _: Found(*DECKS)  # type: ignore[method-assign,assignment]
    for command in (quizcnn.cli.sources, quizcnn.cli.verify):
        command.read_sources = read_sources  # type: ignore[attr-defined]
    quizcnn.cli.opening.find_sources = read_sources
    return command_line(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
