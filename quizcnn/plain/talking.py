"""Asking and saying, line by line, on a terminal or through a pipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

from quizcnn.display import clean


class EndError(Exception):
    """The input ended before everything was told."""


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
        self._out.write(clean(prompt))
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
        default: str,
        fits: Callable[[str], object] = lambda text: True,
        wanted: str = "something here",
    ) -> str:
        """What is answered, the default for an empty line; asked again until it fits."""
        shown = f" [{default}]" if default else ""
        while True:
            found = self.line(f"{what}{shown}: ").strip() or default
            if fits(found):
                return found
            self.say(f"Please write {wanted}.")
