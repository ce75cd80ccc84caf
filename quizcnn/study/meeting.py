"""A meeting with a question: on a variant that was not met lately, the same however often asked."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizcnn.answer.asking import ask
from quizcnn.answer.graded import Asked, Ungraded
from quizcnn.deck.model import Givens, Question, Variant
from quizcnn.deck.variants import VariantError, variants

if TYPE_CHECKING:
    from quizcnn.check.job import Checker


def meet(question: Question, met: Sequence[str], checker: Checker) -> Asked | Ungraded:
    """The question as it is asked when the variants `met` (see `name_of`) were met before.

    The first meeting has the canonical variant, later ones a fresh one: the same comes again only
    after all others. Which one, and the order of the options, depends on nothing but the question
    and the number of meetings, so a question taken up again, or undone, is the same. Ungraded when
    the variants cannot be computed.
    """
    try:
        choices = variants(question, checker)
    except VariantError as error:
        return _unposed(question, str(error))
    rng = random.Random(f"{question.key} {len(met)}")
    return ask(question, _freshest(choices, met, rng), rng)


def name_of(givens: Givens) -> str:
    """What a variant is called in the log: its givens as JSON, which stay when others come or go.

    >>> name_of({"n": 8, "pool": "max_pool2d"})
    '{"n":8,"pool":"max_pool2d"}'
    """
    return json.dumps(dict(givens), ensure_ascii=False, separators=(",", ":"))


def _freshest(choices: Sequence[Variant], met: Sequence[str], rng: random.Random) -> Variant:
    """One of the variants that were met least often."""
    times = dict.fromkeys((name_of(choice.given) for choice in choices), 0)
    for name in met:
        if name in times:
            times[name] += 1
    fewest = min(times.values())
    fresh = [choice for choice in choices if times[name_of(choice.given)] == fewest]
    return fresh[0] if not met else rng.choice(fresh)


def _unposed(question: Question, reason: str) -> Ungraded:
    from quizcnn.check.proof import Proof  # noqa: PLC0415 - few questions cannot be posed

    variant = Variant(0, question.given, {})
    return Ungraded(Asked(question, variant, question.ask, hint=question.hint), reason, Proof())
