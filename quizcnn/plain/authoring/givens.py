"""The givens of a question by conversation: their values, what else they may be, a condition."""

from __future__ import annotations

import re
from dataclasses import replace

from quizcnn.deck.draft import Draft
from quizcnn.deck.prose import placeholders
from quizcnn.plain.authoring.trial import NotYetError, Trial, assigned, given_value
from quizcnn.plain.talking import BackError, Talk, needed

VALUE = """\
A number, such as 8; or 8 in 4..12, if it may be any of 4 to 12; or 3 in [3, 5, 7].
Or what the check language knows: max_pool2d, MaxPool2d(2), n - 1. A text has quotes: "none"."""
ANOTHER = "Another given that the check needs, as s = 2 in 1..3"
WHERE = "A condition that they must meet together, as k <= n"

_VARIED = re.compile(r"(?P<first>.+?)\s+in\s+(?P<all>-?[0-9]+ *\.\. *-?[0-9]+|\[.*\])")


class Givens:
    """Asks for what is given."""

    def __init__(self, talk: Talk, trial: Trial) -> None:
        self._talk = talk
        self._trial = trial

    def ask(self, draft: Draft) -> None:
        """The names in the question's braces, others, and a condition. Raises BackError."""
        named = list(dict.fromkeys(name for _, name in placeholders(draft.ask)))
        at = 0
        while at < len(named):
            name = named[at]
            how = "" if name in draft.given else " (a value, as 8, or 8 in 4..12)"

            def fits(text: str, name: str = name) -> str:
                return needed(text) or self._try(draft, name, text)

            try:
                typed = self._talk.ask(f"What is {name}?{how}", stated(draft, name), fits, VALUE)
            except BackError:
                if not at:
                    raise
                at -= 1
                continue
            self._take(draft, name, typed)
            at += 1
        self._others(draft, named)
        draft.where = self._where(draft) if draft.vary else ""
        if draft.vary:
            self._talk.say(f"  These are {len(self._trial.variants(draft))} variants.")

    def _others(self, draft: Draft, named: list[str]) -> None:
        while True:
            own = [name for name in draft.given if name not in named]
            told = f" (so far {', '.join(f'{one} = {stated(draft, one)}' for one in own)})"
            try:
                more = self._talk.ask(
                    f"{ANOTHER}{told if own else ''} (Enter: none)",
                    "",
                    lambda text: self._objection(draft, text) if text else "",
                    f"A name, =, and its value. {VALUE}",
                )
            except BackError:
                if not own:
                    raise
                draft.given.pop(own[-1])
                draft.vary.pop(own[-1], None)
                self._talk.say(f"  {own[-1]} is taken back.")
                continue
            if not more:
                return
            name, _, value = more.partition("=")
            self._take(draft, name.strip(), value)

    def _objection(self, draft: Draft, text: str) -> str:
        name, _, value = text.partition("=")
        if assigned(text) is None or not value.strip():
            return "Write it as a name, =, and its value."
        return self._try(draft, name.strip(), value)

    def _where(self, draft: Draft) -> str:
        def met(text: str) -> str:
            return self._trial.objection(replace(draft, where=text)) if text else ""

        return self._talk.optional(WHERE, draft.where, met, "Other combinations are left out.")

    def _try(self, draft: Draft, name: str, text: str) -> str:
        """Why a given cannot be taken, "" where it can. The givens are alone tried, whose names
        the question's words may not all have yet."""
        tried = replace(draft, ask="", given=dict(draft.given), vary=dict(draft.vary), where="")
        self._take(tried, name, text)
        try:
            self._trial.variants(tried)
        except NotYetError as error:
            return str(error)
        failure = self._trial.run("0", tried.given).failure
        return failure.message if failure else ""

    def _take(self, draft: Draft, name: str, text: str) -> None:
        found = _VARIED.fullmatch(text.strip())
        draft.given[name] = given_value(found["first"] if found else text)
        draft.vary.pop(name, None)
        if found:
            draft.vary[name] = found["all"]


def stated(draft: Draft, name: str) -> str:
    """A given as it was told, "" where it was not."""
    if name not in draft.given:
        return ""
    value = draft.given[name]
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"{shown} in {draft.vary[name]}" if name in draft.vary else shown
