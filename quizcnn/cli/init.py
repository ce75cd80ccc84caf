"""`quizcnn init FOLDER`: a repository for decks of one's own that works at once."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator, Mapping
from pathlib import Path

from quizcnn import __version__, paths
from quizcnn.cli.reading import RefusedError
from quizcnn.display import one_line

FILES: Mapping[str, str] = {
    "decks/first-deck.yaml": "decks/first-deck.yaml",
    ".github/workflows/verify.yml": "workflows/verify.yml",
    ".pre-commit-config.yaml": "pre-commit-config.yaml",
    ".gitignore": "gitignore",
    "README.md": "README.md",
}
"""The files of a repository, and the template of each."""

REQUIREMENT = "@REQUIREMENT@"
"""Stands in a template for what pip is to install."""


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "init",
        help="make a repository for decks of your own",
        description="Make a repository for decks of your own: a deck with two questions, its "
        "schema for your editor, a workflow for GitHub, a hook for pre-commit, a README. Nothing "
        "that is there is overwritten. `quizcnn verify` in that folder verifies its decks.",
    )
    command.add_argument("folder", type=Path, metavar="FOLDER", help="it is made if need be")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Write the files; refused, and nothing written, where one of them is there already."""
    folder: Path = options.folder
    files = dict(_files())
    there = [name for name in files if _is_there(folder / name)]
    if there:
        raise RefusedError(
            f"There is already {', '.join(there)} in {one_line(str(folder), 1000)}, and nothing "
            "was written: move these away, or name another folder."
        )
    for name, text in files.items():
        _write(folder / name, text)
        print(one_line(str(folder / name), 1000))
    print(f"Now `quizcnn verify` in {one_line(str(folder), 1000)} computes every answer.")
    return 0


def _files() -> Iterator[tuple[str, str]]:
    """Each file's name with its text."""
    from quizcnn.deck.schema import FILE, schema_text

    major, minor = __version__.split(".")[:2]
    requirement = f"quizcnn>={major}.{minor},<{int(major) + 1}"
    for name, template in FILES.items():
        text = (paths.templates() / "repository" / template).read_text(encoding="utf-8")
        yield name, text.replace(REQUIREMENT, requirement)
    yield f"decks/{FILE}", schema_text()


def _is_there(file: Path) -> bool:
    try:
        return file.exists() or file.is_symlink()
    except (OSError, ValueError) as error:
        raise _unwritable(file, error) from None


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8", newline="\n") as opened:
            opened.write(text)
    except (OSError, ValueError) as error:
        raise _unwritable(file, error) from None


def _unwritable(file: Path, error: OSError | ValueError) -> RefusedError:
    why = error.strerror if isinstance(error, OSError) else "this cannot be a path"
    return RefusedError(f"{one_line(str(file), 1000)} cannot be written: {why}")
