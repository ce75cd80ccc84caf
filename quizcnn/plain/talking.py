"""Asking and saying, line by line, on a terminal or through a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from quizcnn.display import clean

BACK, HELP, NONE = "<", "?", "-"


class EndError(Exception):
    """The input ended before everything was told."""


class BackError(Exception):
    """Who is asked wants to go back to the question before."""


class Talk:
    """A pair of text streams."""

    def __init__(self, source: TextIO, out: TextIO) -> None:
        self._source = source
        self._out = out

    def say(self, *lines: str) -> None:
        """Say some lines."""
        for line in lines:
            self._out.write(clean(line) + "\n")
        self._out.flush()

    def line(self, prompt: str) -> str:
        """The next line as it is typed. Raises EndError at the end of the input."""
        shown = clean(prompt)
        if self._source is sys.stdin and self._source.isatty() and self._out is sys.stdout:
            return _edited(shown)
        self._out.write(shown)
        self._out.flush()
        line = self._source.readline()
        if not line:
            raise EndError
        if not self._source.isatty():  # a terminal shows what is typed, a pipe does not
            self.say(line.rstrip("\r\n"))
        return line.rstrip("\r\n")

    def ask(
        self,
        what: str,
        default: str = "",
        objection: Callable[[str], str] = lambda text: "",
        more: str = "",
    ) -> str:
        """What is answered, the default for an empty line; asked again while there is an objection.

        `?` tells `more`. Raises BackError for `<`.
        """
        shown = f" [{default}]" if default else ""
        while True:
            found = self.line(f"{what}{shown}: ").strip()
            if found == BACK:
                raise BackError
            if found == HELP:
                self.say(*(f"  {line}" for line in (more or what).split("\n")))
                continue
            why = objection(found or default)
            if not why:
                return found or default
            self.say(f"  {why}")

    def optional(
        self,
        what: str,
        default: str = "",
        objection: Callable[[str], str] = lambda text: "",
        more: str = "",
    ) -> str:
        """As `ask`, of what may be left empty: `-` takes the default away."""
        how = f"({NONE} for none)" if default else "(Enter: none)"

        def fits(text: str) -> str:
            return objection(text) if text not in ("", NONE) else ""

        found = self.ask(f"{what} {how}", default, fits, more)
        return "" if found == NONE else found


def needed(text: str) -> str:
    """The objection to an empty line."""
    return "" if text else "Something has to stand here."


def _edited(prompt: str) -> str:
    """A line typed at the terminal, with the arrow keys where Python has them."""
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 - its import is what gives `input` the keys
    try:
        return input(prompt)
    except EOFError:
        raise EndError from None
