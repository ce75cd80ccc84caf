"""What `verify` looks for: the one list of codes. Warnings may be allowed in a question."""

from __future__ import annotations

from collections.abc import Mapping

PROBLEMS: Mapping[str, str] = {
    "variants": "the givens or the `where` of a variant cannot be computed",
    "check": "the check has no value that could be an answer",
    "time": "the check does not end within its time",
    "answer": "the computed value is not the stored answer",
    "claim": "a claim does not hold",
    "wrong": "a wrong answer is right, equals another one, or cannot be computed, on every variant",
    "slip": "a slip does not move the computed value on any variant",
    "contrast": "a contrast does not flip the check, alters nothing or cannot be computed",
    "toothless": "nothing shows that the check can fail: no contrast, slip or refuted option",
    "untested": "a claim never fails, under no contrast",
    "circular": "the check is the answer's own expression",
    "seed": "a random check does not hold for every seed, or differs for the same one",
    "typed": "the right answer, typed as a person would type it, is not graded right",
    "tolerance": "a value that is not whole has no tolerance, or its tolerance does not hold",
    "message": "a wrong answer cannot be given, or is told another's message",
    "source": "a source is not listed, not covered, or has another verdict",
    "needs": "a needed question does not exist, or needs this one",
    "allow": "something is allowed that is no warning",
}
"""Each makes the question (or the source) fail."""

WARNINGS: Mapping[str, str] = {
    "prose-number": "a number in the question's prose does not come from its givens",
    "giveaway": "the right option is by far the longest",
    "rank": "throughout the deck the right answer has the same rank among the wrong ones",
}
"""Each can be allowed in the question: `allow: {giveaway: the reason}`."""
