"""Wrong answers and contrasts by conversation: proposed from slips, told, and tried at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Literal, TypeAlias

from quizcnn.answer.slips import distractors
from quizcnn.answer.stating import expressed
from quizcnn.deck.draft import Draft, Entry
from quizcnn.deck.model import Kind
from quizcnn.plain.authoring.answers import COMPUTED
from quizcnn.plain.authoring.check import CheckWriter
from quizcnn.plain.authoring.trial import NotYetError, Trial, assigned
from quizcnn.plain.talking import BackError, Talk, needed

Field: TypeAlias = Literal["wrong", "contrast"]

WRITE = "check"
"""What is typed to write another check of several lines."""

UNTOLD = "So it is here"
"""Stands for a reason that is not told yet; no other entry has it."""

PROPOSED = 4
"""Wrong answers proposed, at most."""

WRONG = """\
What somebody might answer who makes a slip. As a slip in what is given: s = 1; the check is run
with it, and what comes out is the wrong answer. Or as an expression: n - k.
It has to be wrong on one variant at least."""
CONTRAST = """\
A situation in which the answer would be another. As other givens: pool = avg_pool2d;
or as another check: 2 > 3; the word check alone lets you write one of several lines.
The check has to come out differently then."""
WHY = "It is read by a learner who gives this answer: what it is the answer to, or what was missed."


class WrongAnswers:
    """Asks for wrong answers, and for contrasts."""

    def __init__(self, talk: Talk, trial: Trial) -> None:
        self._talk = talk
        self._trial = trial
        self._declined: set[str] = set()

    def ask(self, draft: Draft) -> None:
        """The wrong answers. Raises BackError."""
        if draft.kind in COMPUTED:
            self._proposed(draft)
        how = "a word" if draft.kind is Kind.TEXT else "an expression"

        def read(text: str) -> Entry:
            given = assigned(text)
            if given:
                return Entry("", "", given)
            return Entry("text" if draft.kind is Kind.TEXT else "is", text)

        self._several(
            draft,
            "wrong",
            f"A wrong answer: {how}, or a slip in what is given, as s = 1",
            read,
            WRONG,
        )

    def contrasts(self, draft: Draft) -> None:
        """The contrasts, until something shows that the check can fail. Raises BackError."""

        def read(text: str) -> Entry:
            given = assigned(text)
            return Entry("", "", given) if given else Entry("check", text)

        what = "What would change the answer: other givens, as s = 1; or another check"
        while True:
            self._several(draft, "contrast", what, read, CONTRAST)
            try:
                lacking = self._trial.lacking(draft)
            except NotYetError as error:
                lacking = [str(error)]
            if not lacking:
                return
            self._talk.say(*(f"  {one}" for one in lacking))

    def _proposed(self, draft: Draft) -> None:
        try:
            question = self._trial.question(draft)
            met = self._trial.variants(draft)
        except NotYetError:
            return
        for one in distractors(question, self._trial.checker, PROPOSED):
            words = expressed(met, one.values)
            if not words or words in self._declined:
                continue
            self._talk.say(f"  {words} is what comes of a slip: {one.name}.")

            def fits(text: str, words: str = words) -> str:
                return self._with(draft, "wrong", Entry("is", words, {}, text)) if text else ""

            try:
                why = self._talk.ask("Why is that wrong? (Enter: leave it out)", "", fits, WHY)
            except BackError:
                if not draft.wrong:
                    raise
                self._talk.say(f"  “{draft.wrong.pop().because}” is taken back.")
                continue
            if why:
                draft.wrong.append(Entry("is", words, {}, why))
            else:
                self._declined.add(words)

    def _several(
        self,
        draft: Draft,
        field: Field,
        what: str,
        read: Callable[[str], Entry],
        more: str,
    ) -> None:
        """Entries one after another. `<` takes the last one back, and then goes back."""
        entries: list[Entry] = getattr(draft, field)
        while True:
            try:
                end = "no more" if entries else "none"
                text = self._talk.ask(f"{what} (Enter: {end})", more=more)
                if not text:
                    return
            except BackError:
                if not entries:
                    raise
                self._talk.say(f"  “{entries.pop().because}” is taken back.")
                continue
            with suppress(BackError):
                coded = text == WRITE and field == "contrast"
                self._one(draft, field, self._coded(draft) if coded else read(text))

    def _coded(self, draft: Draft) -> Entry:
        """Another check, line by line. Raises BackError."""
        given = {**draft.given, **(draft.right[0].given if draft.right else {})}
        writer = CheckWriter(self._talk, self._trial)
        return Entry("check", writer.write(given, draft.check, draft.kind))

    def _one(self, draft: Draft, field: Field, entry: Entry) -> None:
        """Take an entry with its reason. Raises BackError."""
        if why := self._objection(draft, field, entry):
            self._talk.say(f"  {why}")
            return
        self._talk.say(*(f"  {one}" for one in [self._trial.shown(draft, entry)] if one))
        getattr(draft, field).append(replace(entry, because=self._why(draft, field, entry)))

    def _why(self, draft: Draft, field: Field, entry: Entry) -> str:
        """Why an entry is wrong, or the answer another under it. Raises BackError."""

        def fits(text: str) -> str:
            return needed(text) or self._with(draft, field, replace(entry, because=text))

        if field == "wrong":
            return self._talk.ask("Why is it wrong?", "", fits, WHY)
        hangs = "It says what the answer hangs on."
        return self._talk.ask("Why is the answer another then?", "", fits, hangs)

    def _objection(self, draft: Draft, field: Field, entry: Entry) -> str:
        """Why an entry cannot be taken, before its reason is asked for; "" where it can."""
        told = self._with(draft, field, replace(entry, because=UNTOLD))
        return told.replace(f"The contrast “{UNTOLD}”", "This").replace(f"“{UNTOLD}”", "This")

    def _with(self, draft: Draft, field: Field, entry: Entry) -> str:
        entries: list[Entry] = getattr(draft, field)
        if field == "wrong":
            return self._trial.worse(draft, replace(draft, wrong=[*entries, entry]))
        return self._trial.worse(draft, replace(draft, contrast=[*entries, entry]))
