"""The keys of practice, and when each of them works."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from quizcnn.answer.graded import Asked, Graded
from quizcnn.answer.watching import watchable
from quizcnn.deck.model import Kind
from quizcnn.study.records import Grade, Mode
from quizcnn.study.session import Session
from quizcnn.study.turn import Phase

CHOOSING = Binding.Group("choose", compact=True)
GRADING = Binding.Group("grade", compact=True)

BINDINGS: list[BindingType] = [
    Binding("enter,space", "submit", "answer", key_display="Enter"),
    Binding("enter,space", "turn", "turn the card", key_display="Enter"),
    *(Binding(key, f"choose('{key}')", "choose", group=CHOOSING) for key in "abcdefgh"),
    *(Binding(key, f"choose_truth('{key}')", "choose", group=CHOOSING) for key in "tf"),
    Binding("backspace", "take_back", "take back", key_display="Backspace"),
    *(Binding(str(int(grade)), f"grade({int(grade)})", "grade", group=GRADING) for grade in Grade),
    Binding("n,enter,space", "next", "next", key_display="n/Enter"),
    Binding("i", "hint", "hint"),
    Binding("s", "skip", "skip"),
    Binding("minus", "bury", "tomorrow", key_display="-", show=False),
    Binding("x", "suspend", "never again", show=False),
    Binding("u", "undo", "undo"),
    Binding("p", "proof", "proof"),
    Binding("w", "watch", "watch"),
    Binding("l", "lab", "lab"),
    Binding("e", "edit", "edit", show=False),
    Binding("question_mark", "app.help", "keys", key_display="?"),
    Binding("q,escape", "home", "home", key_display="q"),
]

PHASES: dict[str, tuple[Phase, ...]] = {
    "submit": (Phase.ASKING,),
    "turn": (Phase.ASKING,),
    "choose": (Phase.ASKING,),
    "choose_truth": (Phase.ASKING,),
    "take_back": (Phase.ASKING,),
    "hint": (Phase.ASKING,),
    "skip": (Phase.ASKING,),
    "bury": (Phase.ASKING,),
    "suspend": (Phase.ASKING,),
    "grade": (Phase.JUDGING, Phase.DONE),
    "next": (Phase.DONE,),
    "undo": (Phase.ASKING, Phase.JUDGING, Phase.DONE),
    "proof": (Phase.JUDGING, Phase.DONE),
    "watch": (Phase.JUDGING, Phase.DONE),
    "lab": (Phase.JUDGING, Phase.DONE),
    "edit": (Phase.JUDGING, Phase.DONE),
}
"""The phases in which an action is possible; actions not named here always are."""

BLANK = {
    Kind.CHOICE: "Choose an option first, by its letter. Or s to skip.",
    Kind.TRUE_FALSE: "Choose first: t or f. Or s to skip.",
    Kind.ORDER: "Give the letters first, one after another. Or s to skip.",
}
"""What an answer of nothing is told, by kind."""

BLANK_FIELD = "Type an answer first. Or leave the field with Esc, then s to skip."
"""What it is told of the other kinds."""


def blank(kind: Kind) -> str:
    """What an answer of nothing is told."""
    return BLANK.get(kind, BLANK_FIELD)


def possible(action: str, parameters: tuple[object, ...], session: Session, asked: Asked) -> bool:
    """Whether an action of `PHASES` makes sense for the question `asked` as it stands."""
    if session.phase not in PHASES[action]:
        return False
    kind = asked.question.kind
    match action:
        case "turn":
            return kind is Kind.RECALL
        case "submit":
            return kind is not Kind.RECALL
        case "choose":
            return str(parameters[0]) in "abcdefgh"[: len(asked.options)]
        case "choose_truth":
            return kind is Kind.TRUE_FALSE
        case "take_back":
            return kind is Kind.ORDER
        case "hint":
            return has_hint(session, asked)
        case "bury" | "suspend":
            return session.mode is Mode.STUDY
        case "grade":
            return session.phase is Phase.JUDGING or session.grade is not None
        case "watch":
            return watchable(session.graded)
        case "undo":
            return session.can_undo
        case "lab":
            return isinstance(session.graded, Graded)
        case _:
            return True


def has_hint(session: Session, asked: Asked) -> bool:
    """Whether there is a hint to be had: an exam gives none."""
    return asked.hint is not None and session.reveals
