"""A new question by conversation: one thing after another, each tried as soon as it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from quizcnn.answer.computing import WANTED
from quizcnn.check.job import Checker
from quizcnn.deck.draft import Draft
from quizcnn.deck.model import Kind, Question
from quizcnn.deck.near import nearest
from quizcnn.deck.prose import placeholders
from quizcnn.deck.skeleton import head, slug
from quizcnn.plain.authoring.answers import COMPUTED, Answers, items
from quizcnn.plain.authoring.check import CheckWriter
from quizcnn.plain.authoring.claims import Claims
from quizcnn.plain.authoring.givens import Givens
from quizcnn.plain.authoring.ids import proposed_id
from quizcnn.plain.authoring.options import Options
from quizcnn.plain.authoring.trial import NotYetError, Trial
from quizcnn.plain.authoring.wrong import WrongAnswers
from quizcnn.plain.talking import BackError, Talk, needed
from quizcnn.verify.reporting import told

WELCOME = "Enter takes what stands in [brackets], < goes back, ? explains, Ctrl-C ends it."
KINDS = """\
number: a number that the check computes, as 36
shape: a size, as 6×6
array: numbers in rows and columns
choice: which of some options; the check says of each whether it is right
true_false: a statement that is true or false
text: a word
order: things to be put in order
recall: a card with an answer in your words, and facts that are computed"""
ASK = """\
What a learner reads. {n} stands for the given n: An image of {n}×{n} pixels …
You are asked next what n is, and what else it may be."""
ID = "It names the question for ever: a learner's progress hangs on it."


class Step(NamedTuple):
    """One thing that is asked for; `when` it is, and whether what follows hangs on it."""

    name: str
    ask: Callable[[], None]
    when: Callable[[], bool] = lambda: True
    leads: Callable[[], bool] = lambda: False


class Author:
    """Asks for a question and gives the deck's text with it. Raises EndError where input ends."""

    def __init__(self, talk: Talk, checker: Checker, path: Path, text: str) -> None:
        self._talk = talk
        self._path = path
        self._trial = Trial(checker, path, text or head(slug(path.stem) or "mine", _title(path)))
        self._draft = Draft()
        self._answers = Answers(talk, self._trial)
        self._options = Options(talk, self._trial)
        self._wrong = WrongAnswers(talk, self._trial)

    def draft(self) -> list[str]:
        """What is told so far, as YAML; nothing before a question is."""
        return self._draft.lines() if self._draft.ask else []

    def write(self) -> tuple[str, Question] | None:
        """The deck's text with the new question; None where its author leaves it.

        Raises NotYetError where the deck can take no question at its end.
        """
        self._trial.question(self._draft)
        self._talk.say(WELCOME)
        steps = self._steps()
        at, mending = 0, False
        while True:
            if at == len(steps):
                changed = self._changed([step.name for step in steps if step.when()])
                if changed == "yes":
                    text, deck = self._trial.written(self._draft)
                    return text, deck.questions[-1]
                if changed == "no":
                    self._talk.say("Nothing is written. This is what you have:", "", *self.draft())
                    return None
                at = [step.name for step in steps].index(changed)
                mending = True
            if not steps[at].when():
                at += 1
                continue
            try:
                steps[at].ask()
            except BackError:
                mending = False
                earlier = [one for one in range(at) if steps[one].when()]
                at = earlier[-1] if earlier else 0
                continue
            at = len(steps) if mending and not steps[at].leads() else at + 1
            mending = mending and at == len(steps)

    def _steps(self) -> tuple[Step, ...]:
        draft, talk = self._draft, self._talk
        givens, claims, wrong = Givens(talk, self._trial), Claims(talk, self._trial), self._wrong

        def of(*kinds: Kind) -> Callable[[], bool]:
            return lambda: draft.kind in kinds

        def always() -> bool:
            return True

        recall, choice = of(Kind.RECALL), of(Kind.CHOICE)
        value, listed = of(*set(Kind) - {Kind.RECALL, Kind.CHOICE}), of(*COMPUTED, Kind.TEXT)
        return (
            Step("kind", self._kind, leads=always),
            Step("question", self._question, leads=lambda: bool(ungiven(draft))),
            Step("givens", lambda: givens.ask(draft), leads=always),
            Step("card", self._card, recall),
            Step("options", lambda: self._options.right(draft), choice, leads=always),
            Step("check", self._check, leads=always),
            Step("answer", lambda: self._answers.ask(draft), value),
            Step("claims", lambda: claims.ask(draft), recall, leads=always),
            Step("wrong options", lambda: self._options.wrong(draft), choice),
            Step("wrong", lambda: wrong.ask(draft), listed, leads=always),
            Step("contrast", lambda: wrong.contrasts(draft)),
            Step("explain", lambda: self._text("explain", "What is read after the answer")),
            Step("hint", lambda: self._text("hint", "A hint, read before it")),
            Step("tags", self._tags),
            Step("level", self._level),
            Step("id", self._id),
        )

    def _kind(self) -> None:
        def known(text: str) -> str:
            close = nearest(text, list(Kind))
            meant = f" Did you mean {close[0]}?" if close else ""
            return "" if _chosen(text, list(Kind)) else f"Please write one of these kinds.{meant}"

        names = ", ".join(Kind)
        typed = self._talk.ask(f"Kind: {names}", str(self._draft.kind), known, KINDS)
        kind = Kind(_chosen(typed, list(Kind)))
        if kind is not self._draft.kind:  # what fits one kind need not fit another
            kept = Draft(kind=kind)
            for name in ("wrong", "right", "claims", "answer", "pick", "unit", "layout"):
                setattr(self._draft, name, getattr(kept, name))
            self._draft.tolerance = ""
        self._draft.kind = kind

    def _question(self) -> None:
        def prose(text: str) -> str:
            if not all(name.isidentifier() for _, name in placeholders(text)):
                return "Braces stand round a given's name, as {n}; a brace itself is {{ or }}."
            return needed(text)

        what = "The question; {n} stands for a given n"
        self._draft.ask = self._talk.ask(what, self._draft.ask, prose, ASK)

    def _card(self) -> None:
        before = self._draft.answer if isinstance(self._draft.answer, str) else ""
        self._draft.answer = self._talk.ask(
            "The answer, in your words", before, needed, "What stands on the back of the card."
        )

    def _check(self) -> None:
        draft = self._draft
        choice = draft.kind is Kind.CHOICE
        given = self._options.given(draft) if choice else draft.given
        if choice:
            self._talk.say(f"The check is run here with the option “{draft.right[0].words}”.")
        elif draft.kind is not Kind.RECALL:
            self._talk.say(f"The check is to give {WANTED[draft.kind]}.")
        draft.check = CheckWriter(self._talk, self._trial).write(given, draft.check, draft.kind)
        if choice:
            try:
                self._options.confirmed(draft)
            except BackError:
                self._check()

    def _text(self, name: str, what: str) -> None:
        def fits(text: str) -> str:
            known = self._draft.given
            odd = [one for _, one in placeholders(text) if one not in known]
            return f"{{{odd[0]}}} is not given in this question." if odd else ""

        found = self._talk.optional(what, getattr(self._draft, name), fits)
        setattr(self._draft, name, found)

    def _tags(self) -> None:
        before = ", ".join(self._draft.tags)
        more = "Topics, commas between them, by which a learner chooses: pooling, output-size"
        self._draft.tags = items(self._talk.optional("Tags", before, more=more))

    def _level(self) -> None:
        self._draft.level = self._talk.optional(
            "Level: 1 easy, 2 middling, 3 hard",
            self._draft.level,
            lambda text: "" if text in ("1", "2", "3") else "Please write 1, 2 or 3.",
        )

    def _id(self) -> None:
        taken = self._trial.ids()

        def free(text: str) -> str:
            if text in taken:
                return "Another question has that id."
            fits = text and slug(text, 20) == text
            return "" if fits else "Please write lowercase words joined by -."

        proposed = self._draft.id or proposed_id(self._draft.ask, taken)
        self._draft.id = self._talk.ask("Its id", proposed, free, ID)

    def _changed(self, names: list[str]) -> str:
        """Show and verify the whole; what is to be done: yes, no, or the step to go back to."""
        talk = self._talk
        talk.say("", *self._draft.lines(), "")
        try:
            result = self._trial.result(self._draft)
        except NotYetError as error:
            talk.say(f"✗ {error}")
            ok = False
        else:
            talk.say(*told(result, warnings=True))
            ok = result.ok
            if ok:
                talk.say(f"It holds on {result.variants} variant{'s' * (result.variants != 1)}.")
        choices = [*(["yes"] if ok else []), "no", *names]

        def fits(text: str) -> str:
            wanted = _chosen(text, choices)
            return (
                "" if wanted else f"Please write {'yes, ' if ok else ''}no, or one of those names."
            )

        talk.say(f"To change something, type its name: {', '.join(names)}.")
        what = f"Write it into {self._path.name}, yes or no?" if ok else "It does not hold yet"
        default = "yes" if ok else ""
        while True:
            try:
                text = talk.ask(what, default, fits)
            except BackError:
                return names[-1]
            return _chosen(text, choices)


def ungiven(draft: Draft) -> list[str]:
    """The names in the braces of a question that are not given yet."""
    return [name for _, name in placeholders(draft.ask) if name not in draft.given]


def _chosen(text: str, choices: list[str]) -> str:
    """The choice that a text is, or that alone begins so."""
    found = [one for one in choices if one == text] or [
        one for one in choices if text and one.startswith(text.lower())
    ]
    return found[0] if len(found) == 1 else ""


def _title(path: Path) -> str:
    return path.stem.replace("-", " ").replace("_", " ").capitalize()
