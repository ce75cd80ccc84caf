"""A choice's options by conversation: the right ones, and wrong ones that the check refutes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from quizcnn.answer.comparing import number_of, truth_of
from quizcnn.check.value import Value
from quizcnn.check.wording import inline
from quizcnn.deck.draft import Draft, Entry
from quizcnn.deck.model import Pick
from quizcnn.plain.authoring.trial import OPTIONS, Trial, assigned, ended
from quizcnn.plain.talking import BackError, Talk, needed

PICK = """\
true: the check says of each option whether it is right, as parameters(layer) == 0.
max, min: the check gives a number for each, as parameters(layer); the largest or smallest wins."""
SEEN = """\
What the check is to know of this option, as a name, =, and its value: layer = MaxPool2d(2).
The check is run once for each option, with that option's own value."""


class Options:
    """Asks for the options of a choice."""

    def __init__(self, talk: Talk, trial: Trial) -> None:
        self._talk = talk
        self._trial = trial

    def right(self, draft: Draft) -> None:
        """What makes an option right, and the right ones. Raises BackError."""
        draft.pick = Pick(
            self._talk.ask(
                "An option is right if the check is true of it, or gives the max or min of all",
                str(draft.pick),
                lambda text: "" if text in set(Pick) else "Please write true, max or min.",
                PICK,
            )
        )
        while True:
            what = "Another right option" if draft.right else "The right option, in words"
            try:
                text = self._talk.ask(
                    what + (" (Enter: none)" if draft.right else ""),
                    "",
                    lambda text: self._words(draft, text) if text or not draft.right else "",
                    "One of them is enough; several may be right.",
                )
                if not text:
                    return
                given = self._seen(draft, text)
            except BackError:
                if not draft.right:
                    raise
                self._talk.say(f"  “{draft.right.pop().words}” is taken back.")
                continue
            draft.right.append(Entry("text", text, given))

    def given(self, draft: Draft) -> dict[str, bool | int | float | str]:
        """The givens with which the check is written: those of the first right option."""
        return {**draft.given, **draft.right[0].given}

    def confirmed(self, draft: Draft) -> None:
        """Whether the check finds the right options right. Raises BackError where it does not."""
        for option in draft.right:
            value = self._value(draft, option)
            self._talk.say(f"  “{option.words}”: the check gives {inline(value)}.")
            if draft.pick is Pick.TRUE and truth_of(value) is not True:
                self._talk.say("  It has to be true of a right option.")
                raise BackError
            if draft.pick is not Pick.TRUE and number_of(value) is None:
                self._talk.say("  It has to be a number.")
                raise BackError

    def wrong(self, draft: Draft) -> None:
        """The wrong options, one at least. `<` takes the last one back, and then goes back."""
        while True:
            try:
                text = self._talk.ask(
                    f"A wrong option, in words{' (Enter: no more)' if draft.wrong else ''}",
                    "",
                    lambda text: self._words(draft, text) if text or not draft.wrong else "",
                    "The check has to refute it.",
                )
            except BackError:
                if not draft.wrong:
                    raise
                self._talk.say(f"  “{draft.wrong.pop().words}” is taken back.")
                continue
            if not text:
                return
            with suppress(BackError):
                self._refuted(draft, text)

    def _refuted(self, draft: Draft, text: str) -> None:
        """Take a wrong option, unless the check finds it right. Raises BackError."""
        entry = Entry("text", text, self._seen(draft, text))
        if refused := self._refused(draft, entry):
            self._talk.say(f"  {refused}")
            return

        def fits(told: str) -> str:
            wrong = [*draft.wrong, replace(entry, because=told)]
            return needed(told) or self._trial.amiss(replace(draft, wrong=wrong), OPTIONS)

        more = "It is read by a learner who picks it."
        because = self._talk.ask("Why is it not right?", "", fits, more)
        draft.wrong.append(replace(entry, because=because))

    def _words(self, draft: Draft, text: str) -> str:
        taken = {one.words for one in (*draft.right, *draft.wrong)}
        return "That option is there already." if text in taken else needed(text)

    def _seen(self, draft: Draft, text: str) -> dict[str, bool | int | float | str]:
        """The givens of an option, tried at once. Those of the first one have names to follow."""
        names = list(draft.right[0].given) if draft.right else []
        if len(names) == 1:
            [name] = names
            typed = self._talk.ask(
                f"What is {name} of it?",
                "",
                lambda one: needed(one) or self._computed(draft, f"{name} = {one}"),
                SEEN,
            )
            return assigned(f"{name} = {typed}") or {}
        how = ", ".join(f"{name} = …" for name in names) or "layer = MaxPool2d(2)"
        typed = self._talk.ask(
            f"What the check is to know of it, as {how}",
            "",
            lambda one: self._computed(draft, one),
            SEEN,
        )
        return assigned(typed) or {}

    def _computed(self, draft: Draft, text: str) -> str:
        given = assigned(text)
        if not given:
            return "Write it as a name, =, and its value."
        failure = self._trial.run("0", {**draft.given, **given}).failure
        return f"That cannot be computed: {ended(failure.message)}" if failure else ""

    def _value(self, draft: Draft, option: Entry) -> Value:
        proof = self._trial.run(draft.check, {**draft.given, **option.given})
        if proof.failure:
            self._talk.say(
                f"  Of {option.words} it cannot be computed: {ended(proof.failure.message)}"
            )
            raise BackError
        return proof.value

    def _refused(self, draft: Draft, entry: Entry) -> str:
        """Why an option is no wrong one, "" where the check refutes it, which is told."""
        value = self._value(draft, entry)
        tried = replace(draft, wrong=[*draft.wrong, replace(entry, because="So it is here")])
        why = self._trial.amiss(tried, OPTIONS)
        self._talk.say(f"  The check gives {inline(value)}.")
        if not why:
            return ""
        if draft.pick is Pick.TRUE and truth_of(value) is True:
            return "So it is a right option. If it is meant to be, go back with < and add it there."
        return why.replace("“So it is here”", "That")
