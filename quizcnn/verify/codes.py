"""What `verify` looks for: the one list of codes. Warnings may be allowed in a question."""

from __future__ import annotations

from collections.abc import Mapping

PROBLEMS: Mapping[str, str] = {
    "unchecked": "there is no check yet",
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

LEFT_OUT = "left-out"
"""The code of notes: a wrong answer is none on some variants, and is not offered there."""

MEND: Mapping[str, str] = {
    "unchecked": "write the code that computes the answer under `check:`",
    "variants": "alter `given`, `vary` or `where`, so that every variant can be computed",
    "check": "alter the check, or leave such variants out by `where:`",
    "time": "use smaller sizes or fewer steps, or give it more seconds by `timeout:`",
    "answer": "mend the answer; or the check, if it is not what the question asks",
    "claim": "mend the claim, or what it is computed from",
    "wrong": "alter it so that it is wrong on one variant at least, or take it out",
    "slip": "alter a given by which the check's value changes",
    "contrast": "alter what the answer hangs on, until the check comes out differently",
    "untested": "add a contrast under which it does not hold",
    "circular": "compute the value by really doing what the question speaks of",
    "seed": "draw more, widen the tolerance, or ask for what holds for every seed",
    "typed": "word the answer so that it can be typed, and taken for nothing else",
    "tolerance": "set `tolerance:` to what a learner may be off by",
    "message": "alter the wrong answer or its `because:`, so that each is told for its own slip",
    "source": "name an entry of sources.yaml, with its verdict",
    "needs": "name another question by its id, or take it out",
    "allow": "mend the problem instead, or take the line out",
    "prose-number": "write the given in braces, as {n}; or `allow: {prose-number: the reason}`",
    "giveaway": "shorten it, or lengthen a wrong one; or `allow: {giveaway: the reason}`",
    "rank": "vary it in one of them; or `allow: {rank: the reason}`",
    LEFT_OUT: "nothing need be done; `where:` can leave such variants out",
}
"""How an author mends what has this code, where the message does not say it already."""
