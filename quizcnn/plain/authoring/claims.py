"""The claims of a card by conversation: facts in words, each with an expression that is true."""

from __future__ import annotations

from dataclasses import replace

from quizcnn.deck.draft import Draft
from quizcnn.plain.authoring.trial import Trial, ended
from quizcnn.plain.talking import BackError, Talk, needed

FACT = """\
A fact that the answer stands on, such as: Both fit the training images.
After it you write it as an expression over the names of the check: plain.train > 0.95"""
THAT = """\
An expression that is true, over the names of the check and the givens: pooled.size < image.size.
It is tried on every variant."""


class Claims:
    """Asks for claims."""

    def __init__(self, talk: Talk, trial: Trial) -> None:
        self._talk = talk
        self._trial = trial

    def ask(self, draft: Draft) -> None:
        """One claim at least. `<` takes the last one back, and then goes back."""
        while True:
            try:
                say = self._talk.ask(
                    f"A fact, in words{' (Enter: no more)' if draft.claims else ''}",
                    "",
                    lambda text: "" if text or draft.claims else "One is needed at least.",
                    FACT,
                )
            except BackError:
                if not draft.claims:
                    raise
                self._talk.say(f"  “{draft.claims.pop()[0]}” is taken back.")
                continue
            if not say:
                return

            def fits(text: str, say: str = say) -> str:
                return needed(text) or self._objection(draft, say, text)

            try:
                that = self._talk.ask("The same as an expression that is true", "", fits, THAT)
            except BackError:
                continue
            draft.claims.append((say, that))
            self._talk.say("  It holds.")

    def _objection(self, draft: Draft, say: str, that: str) -> str:
        proof = self._trial.run(draft.check, draft.given, [that], value=False)
        for claim in proof.claims:
            if claim.failure:
                return f"It cannot be computed: {ended(claim.failure.message)}"
            if not claim.holds:
                return "It does not hold."
        return self._trial.amiss(replace(draft, claims=[*draft.claims, (say, that)]))
