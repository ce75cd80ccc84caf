"""What a question says of itself, without anything being computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from quizcnn.check.job import Given
from quizcnn.deck.model import Option, Question
from quizcnn.deck.prose import fill, placeholders

_ARRAY = re.compile(r"np\.array\(\[(\[[-\d., ]+\](?:, *\[[-\d., ]+\])*|[-\d., ]+)\]\)")
"""An array of numbers that are written out, of one axis or two."""


def filled(text: str, given: Mapping[str, Given]) -> str:
    """Prose with its givens as they stand in the file: an expression is shown as it is written.

    >>> filled("{n}×{n} under {layer}, {k}", {"n": 8, "layer": "MaxPool2d(2)"})
    '8×8 under MaxPool2d(2), {k}'
    >>> filled("{kernel}", {"kernel": "np.array([[0, 1], [-4, 1.5]])"})
    '[0 1; -4 1.5]'
    """
    unknown = {name: f"{{{name}}}" for _, name in placeholders(text)}
    written = {name: _written(value) for name, value in given.items()}
    return fill(text, {**unknown, **written})


def _written(given: Given) -> Given:
    """A given as prose shows it; an array of numbers as it will look when it is computed."""
    found = _ARRAY.fullmatch(given) if isinstance(given, str) else None
    if found is None:
        return given
    rows = re.split(r"\], *\[", found[1].strip("[]"))
    return f"[{'; '.join(' '.join(re.split(', *', row)) for row in rows)}]"


def ask(question: Question) -> str:
    """The question in words."""
    return filled(question.ask, question.given)


def right_answers(question: Question) -> Iterator[str]:
    """What is claimed to be right: one text, or one for each option, spelling or item."""
    answer = question.answer
    if isinstance(answer, bool):
        yield str(answer).lower()
    elif isinstance(answer, str):
        yield filled(answer, question.given)
    else:
        for item in answer:
            yield filled(item.text if isinstance(item, Option) else item, question.given)


def wrong_answers(question: Question) -> Iterator[str]:
    """What is claimed to be wrong, but for slips: what these come to is not written anywhere."""
    for wrong in question.wrong:
        if wrong.text is not None or wrong.expression is not None:
            yield filled(wrong.text or wrong.expression or "", question.given)
