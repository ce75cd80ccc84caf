"""The README says how large a deck may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn.deck import answers, characters, fields, files, scalars, tree
from quizcnn.deck.loader import load_deck

FOLDER = Path(__file__).parents[2] / "questions"
ROOM = 3


@pytest.mark.parametrize(
    "bound",
    [
        f"{files.LARGEST >> 10} KiB",
        f"{characters.LINES:,} lines",
        f"{tree.NODES:,} keys and values",
        f"{tree.DEPTH} levels",
        f"a name of {tree.KEY} characters",
        f"a text of {scalars.LONGEST:,}",
        f"a line of {scalars.LONGEST_LINE}",
        f"{fields.PLACEHOLDERS} `{{…}}`",
        f"{answers.OPTIONS} options",
    ],
)
def test_the_readme_names_each_bound(bound: str) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    assert bound in text.split("## How large a deck may be")[1]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.name)
def test_our_own_decks_stay_far_from_them(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is read with a third of every bound that grows with a deck."""
    monkeypatch.setattr(files, "LARGEST", files.LARGEST // ROOM)
    monkeypatch.setattr(characters, "LINES", characters.LINES // ROOM)
    monkeypatch.setattr(tree, "NODES", tree.NODES // ROOM)
    monkeypatch.setattr(scalars, "LONGEST", scalars.LONGEST // ROOM)
    problems = [problem.message for problem in load_deck(file)[1]]
    assert not [message for message in problems if "more than" in message or "larger" in message]
