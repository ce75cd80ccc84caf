"""The reference of the check language is whole, and what the README holds."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

from quizcnn.check import limits, reference
from quizcnn.check.reference import BEGIN, END, put_in
from quizcnn.check.table import ATTRIBUTES, CONSTANTS, METHOD_TABLE, TABLE

README = Path(__file__).parents[2] / "questions" / "README.md"
BOUNDS = [
    name for name in vars(limits) if name.isupper() and isinstance(getattr(limits, name), int)
]


def test_the_readme_holds_the_reference_of_this_table() -> None:
    """Whoever alters the table runs `python scripts/reference.py`."""
    document = README.read_text(encoding="utf-8")
    assert document == put_in(document)


def test_every_name_of_the_table_stands_in_the_reference_once() -> None:
    cells = [
        line.split(" | ")[0]
        for line in reference.reference().splitlines()
        if line.startswith("| `")
    ]
    written = "\n".join(cells)
    for name in TABLE:
        assert written.count(f"`{name}(") + written.count(f"`{name}`,") == 1, name
    for name in (*METHOD_TABLE, *ATTRIBUTES):
        found = [f"`x.{name}(", f"`x.{name}`"]
        assert sum(map(written.count, found)) == 1, name
    for name in CONSTANTS:
        assert f"`{name}`" in reference.reference()


def test_every_entry_stands_with_its_arguments_and_its_help() -> None:
    text = reference.reference()
    for entry in TABLE.values():
        assert f"({entry.arguments})`" in text, entry.name
        assert entry.help.replace("|", "\\|") in text, entry.name
        assert all(f'`"{word}"`' in text for word in entry.words)


@pytest.mark.parametrize("name", BOUNDS)
def test_every_limit_of_a_check_stands_in_the_reference(name: str) -> None:
    assert f"{getattr(limits, name):,}" in reference.reference().split("Limits of a check")[1]


def test_the_reference_is_put_between_its_marks() -> None:
    """Whatever stood there before, and again without a change."""
    document = f"before\n{BEGIN}\nstale\n{END}\nafter\n"
    fresh = put_in(document)
    assert fresh.startswith(f"before\n{BEGIN}\n")
    assert fresh.endswith(f"{END}\nafter\n")
    assert "stale" not in fresh
    assert put_in(fresh) == fresh


@pytest.mark.parametrize("document", ["", BEGIN, END, f"{END}{BEGIN}"])
def test_a_document_without_marks_is_left_alone(document: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        put_in(document)


def test_the_reference_needs_no_numpy() -> None:
    """It is written in the parent process."""
    script = "import quizcnn.check.reference, sys; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], timeout=60).returncode == 0


def test_the_docstrings_examples_run() -> None:
    assert doctest.testmod(reference).failed == 0
