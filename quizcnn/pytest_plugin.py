"""Decks as tests: `pytest questions/` has an item for each question.

pytest loads this in every run, so it does nothing until a deck is met, and takes no file that it
was not asked for. A deck is a YAML file that begins with `schema:` and has a `deck:`. It is taken

- where it, or the folder that it lies in, was named on the command line (or is the folder that
  pytest was started in, or one of `testpaths`); a folder that holds Python files is no deck folder;
- everywhere with `--quizcnn`, or with `quizcnn_decks = true` among pytest's settings.

`-p no:quizcnn` turns it off.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from quizcnn.deck.model import Question
    from quizcnn.verify.report import Result

HEAD = 4096
"""Bytes of a file that are looked at to tell whether it is a deck."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare `--quizcnn` and the setting `quizcnn_decks`."""
    group = parser.getgroup("quizcnn")
    group.addoption("--quizcnn", action="store_true", help="verify all quiz decks that are met")
    parser.addini("quizcnn_decks", "verify all quiz decks that are met", "bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> DeckFile | None:
    """A collector for a deck that was asked for."""
    if file_path.suffix not in (".yaml", ".yml"):
        return None
    if not (_asked_for(file_path, parent.config) and is_deck(file_path)):
        return None
    return DeckFile.from_parent(parent, path=file_path)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the worker processes, if there are any."""
    executing = sys.modules.get("quizcnn.verify.executing")
    if executing:
        executing.close(busy=True)


def _asked_for(file: Path, config: pytest.Config) -> bool:
    if config.getoption("--quizcnn") or config.getini("quizcnn_decks"):
        return True
    named = {_path(argument, config) for argument in config.args}
    folder = file.parent.resolve()
    if folder / file.name in named:
        return True
    # a link to elsewhere was not named: a stranger's folder could so have other files read
    inside = folder in named and file.resolve().parent == folder
    return inside and not any(folder.glob("*.py"))


def _path(argument: str, config: pytest.Config) -> Path:
    """The file or folder that an argument such as `questions/pooling.yaml::id` names."""
    path = config.invocation_params.dir / argument.split("::", 1)[0]
    return path.resolve() if path.is_dir() else path.parent.resolve() / path.name


def is_deck(file: Path) -> bool:
    """Whether a YAML file begins as a deck does: with `schema:`, and with a `deck:` soon after."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as opened:
            head = opened.read(HEAD).removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return False
    lines = [line for line in head.splitlines() if line.strip() and not line.startswith(b"#")]
    return (
        bool(lines)
        and lines[0].startswith(b"schema:")
        and any(line.startswith(b"deck:") for line in lines)
    )


class QuestionWarning(pytest.PytestWarning):
    """A question holds, and its author should look at something: see `quizcnn verify`."""


class QuestionFails(Exception):  # noqa: N818 - it says what is so, as a report does
    """A question does not hold."""

    def __init__(self, result: Result) -> None:
        super().__init__("; ".join(one.message for one in result.problems))
        self.result = result


class DeckFile(pytest.File):
    """A deck: an item for each of its questions."""

    def collect(self) -> Iterator[QuestionItem]:
        """The questions; all that keeps the deck from being read, where it cannot be."""
        from quizcnn.deck.loader import load_deck
        from quizcnn.deck.pointing import Pointer
        from quizcnn.display import clean

        deck, problems = load_deck(self.path)
        if deck is None:
            pointer = Pointer()
            lines = [line for problem in problems for line in pointer.problem(problem)]
            raise self.CollectError("\n".join(map(clean, lines)))
        for question in deck.questions:
            yield QuestionItem.from_parent(
                self, name=question.id, question=question, siblings=deck.questions
            )


class QuestionItem(pytest.Item):
    """A question, held against all rules on all its variants."""

    def __init__(self, *, question: Question, siblings: Iterable[Question], **rest: Any) -> None:
        super().__init__(**rest)
        self.question = question
        self.siblings = tuple(siblings)
        for tag in question.tags:
            self.extra_keyword_matches.add(tag)

    def runtest(self) -> None:
        """Verify the question; raises QuestionFails where it does not hold."""
        from quizcnn.deck.files import leads_out
        from quizcnn.deck.sources import load_sources
        from quizcnn.verify import executing
        from quizcnn.verify.verifying import held

        listed = self.path.parent / "sources.yaml"
        inside = listed.is_file() and not leads_out(listed, listed.parent)
        sources = load_sources(listed)[0] if inside else ()
        judged, _ = executing.judge(self.question)
        result = held(self.question, judged, sources, self.siblings)
        for warning in result.warnings:
            self.warn(QuestionWarning(f"{warning.place}: {warning.message} [{warning.code}]"))
        if not result.ok:
            raise QuestionFails(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What fails, at its line, and its proof; anything unexpected as pytest tells it."""
        if not isinstance(excinfo.value, QuestionFails):
            return super().repr_failure(excinfo, style)
        from quizcnn.display import clean
        from quizcnn.verify.reporting import told

        return "\n".join(clean(line) for line in told(excinfo.value.result))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the question stands, and its name."""
        return self.path, self.question.place.line - 1, self.question.key
