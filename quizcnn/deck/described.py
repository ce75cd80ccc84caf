"""What each field of a deck's file is for: read from the docstrings of the model, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from inspect import getdoc

from quizcnn.deck.messages import listed
from quizcnn.deck.model import Kind, Question
from quizcnn.deck.questions import FIELDS

HEADING = "In the file:\n"

BEGIN = "<!-- from here to the end of the table: written by scripts/reference.py -->"
END = "<!-- the end of the table that scripts/reference.py writes -->"

_ENTRY = re.compile(r"- `(\w+)`: ((?:[^\n]+\n?)(?:  [^\n]+\n?)*)")


def described(form: type) -> Mapping[str, str]:
    """The fields of one of the model's classes with what they are for, in the order of its text.

    They stand at the end of its docstring, each as ``- `name`: text``, further lines indented.
    Raises ValueError where the docstring has no such list or something else in it.

    >>> from quizcnn.deck.model import Tolerance
    >>> described(Tolerance)["abs"]
    'how far a value may be off'
    """
    _, heading, text = (getdoc(form) or "").partition(HEADING)
    entries = _ENTRY.findall(text)
    left = _ENTRY.sub("", text).strip()
    if not heading or left or not entries:
        raise ValueError(f"the docstring of {form.__name__} lists no fields: {left!r}")
    return {name: " ".join(words.split()) for name, words in entries}


def fields_table() -> str:
    """The fields of a question as a Markdown table: what each is for, and which kinds it fits."""
    rows = ["| field | meaning |", "|---|---|"]
    for name, words in described(Question).items():
        fits = FIELDS[name]
        if len(fits) > len(Kind) / 2:
            left_out = [kind for kind in Kind if kind not in fits]
            told = f" (not for {listed(left_out)})" if left_out else ""
        else:
            told = f" (only for {listed([kind for kind in Kind if kind in fits])})"
        rows.append(f"| `{name}` | {words}{told} |")
    return "\n".join(rows) + "\n"


def put_in(document: str) -> str:
    """`document` with the table between its two marks. Raises ValueError without them."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no place for the table: it stands between {BEGIN!r} and {END!r}")
    return f"{before}{BEGIN}\n\n{fields_table()}\n{END}{after}"
