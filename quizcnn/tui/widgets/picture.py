"""Pictures made of characters on the screen: each tone in a colour of the theme or of viridis."""

from __future__ import annotations

from textual.content import Content

from quizcnn.pictures.colours import VIRIDIS, on_scale
from quizcnn.pictures.pieces import Line, Section, Tone
from quizcnn.tui.prose import QUIET, join, lines, plain

WORDS = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: QUIET,
    Tone.NONE: "$foreground 35%",
    Tone.BAR: "$primary",
    Tone.GOOD: "$text-success",
    Tone.POOR: "$text-warning",
}
SHADES = (Tone.LOW, Tone.MEDIUM, Tone.HIGH, Tone.FULL)
ON_DARK = (0.5, 0.65, 0.8, 1.0)
ON_LIGHT = (0.7, 0.5, 0.28, 0.08)
"""Where on viridis the shades lie: the fuller, the further from the background."""


def painted(section: Section, dark: bool) -> Content:
    """A section with its title, on a dark or a light background."""
    styles = _styles(dark)
    drawn = [_painted(line, styles) for line in section.lines]
    return lines([plain(section.title, "bold"), *drawn])


def painted_line(line: Line, dark: bool) -> Content:
    """One line of a picture."""
    return _painted(line, _styles(dark))


def _styles(dark: bool) -> dict[Tone, str]:
    return WORDS | {
        tone: _colour(share)
        for tone, share in zip(SHADES, ON_DARK if dark else ON_LIGHT, strict=True)
    }


def _painted(line: Line, styles: dict[Tone, str]) -> Content:
    return join(*((piece.text, styles[piece.tone]) for piece in line))


def _colour(share: float) -> str:
    red, green, blue = on_scale(VIRIDIS, share)
    return f"rgb({red},{green},{blue})"
