"""A question added to a deck's file, or to a new one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizcnn.deck.files import LARGEST
from quizcnn.deck.place import Place
from quizcnn.deck.skeleton import head, slug
from quizcnn.deck.writing import WritingError, added, replace_file
from quizcnn.display import one_line


def add_to_file(path: Path, question: Sequence[str]) -> Place:
    """Add a question, given by its lines, at the end of a deck's file; a new file is begun.

    Gives its place there. All else in the file stays as it is, and nothing is written unless the
    deck can be read with it. Raises WritingError, whose text and problems are for the person.
    """
    try:
        text = _text(path)
        whole, deck = added(text, question, path)
        if path.exists() and _text(path) != text:
            raise WritingError("The file was changed meanwhile: nothing is written.")
        replace_file(path, whole)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no path to a text file"
        raise WritingError(f"It cannot be written: {why}.") from error
    return deck.questions[-1].place


def _text(path: Path) -> str:
    """The deck's text, of a file that is not there the lines that a deck begins with."""
    if not path.exists():
        return head(slug(path.stem) or "mine", one_line(path.stem))
    if path.stat().st_size > LARGEST:
        raise WritingError("The file is larger than a deck may be.")
    return path.read_bytes().decode("utf-8")
