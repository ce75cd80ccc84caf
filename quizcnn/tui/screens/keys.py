"""The keys, all on one page, made from the bindings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.keys import format_key
from textual.screen import ModalScreen
from textual.widgets import Static

from quizcnn.study.turn import Phase
from quizcnn.tui.areas import AREAS, Area, identity, own
from quizcnn.tui.keymap import remapped
from quizcnn.tui.own_keys import Keymap
from quizcnn.tui.prose import QUIET, join, lines, plain
from quizcnn.tui.screens.practice_keys import PHASES
from quizcnn.tui.widgets.answers import AnswerField
from quizcnn.tui.widgets.proof_panel import ProofPanel

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp

MEANINGS = {
    "practice.submit": "hand in the answer; a misread one costs nothing",
    "practice.turn": "turn the card",
    "practice.take_back": "take back the last item of an order",
    "practice.hint": "a hint, where there is one",
    "practice.skip": "skip the question for this session",
    "practice.bury": "set it aside until tomorrow",
    "practice.suspend": "set it aside for good",
    "practice.undo": "take the last answer back, and the one before it …",
    "practice.next": "the next question",
    "practice.proof": "the proof alone on the screen, and back",
    "practice.watch": "watch the window slide, where the check slides one",
    "practice.lab": "the lab: change the givens and the check, and watch",
    "practice.edit": "the question in your $EDITOR, at its line",
    "practice.home": "home; nothing is lost, you go on from here",
    "home.browse": "search all questions, look at any proof",
    "home.undo": "take the last answer back, from before a restart too",
    "home.findings": "what the document gets wrong",
    "lab.reset": "put all back as it was",
}
"""What an action does, where its few words on the line of keys do not say enough."""

ALWAYS = (
    ("letters in a field", "are typed; they never command. Esc leaves the field"),
    ("↑ ↓ PgUp PgDn", "scroll, or go through a list"),
    ("a click", "does what the key does, wherever something can be chosen"),
)


class KeysScreen(ModalScreen[None]):
    """A page of keys over the screen that it explains; that screen's keys come first."""

    app: QuizApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space,question_mark", "dismiss", "back", key_display="Esc"),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="keys") as page:
            page.border_title = "Keys"
            page.border_subtitle = "Esc: back"
            yield Static(lines(self._page()), markup=False)

    def _page(self) -> list[Content]:
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        first = [area for area in AREAS if below is not None and isinstance(below, area.screen)]
        page = _section("Everywhere", [*ALWAYS, *_rows(own(type(self.app)), lambda each: "")])
        for area in [*first, *(area for area in AREAS if area not in first)]:
            for title, bindings in _sections(area, self.app.keymap):
                page += _section(title, list(_rows(bindings, _named(area))))
        return page[:-1]


def _named(area: Area) -> Callable[[Binding], str]:
    return lambda binding: identity(area, binding)


def _sections(area: Area, keymap: Keymap) -> Iterator[tuple[str, list[Binding]]]:
    """The bindings of a screen and its parts; those of practice by its phases."""
    bindings = remapped(area, own(area.screen), keymap)
    if area.name != "practice":
        yield area.title, bindings + [each for part in area.parts for each in own(part)]
        return
    before = [each for each in bindings if Phase.ASKING in _phases(each)]
    after = [each for each in bindings if Phase.DONE in _phases(each)]
    yield "While you answer", before + own(AnswerField)
    yield "After the answer", after + own(ProofPanel)


def _phases(binding: Binding) -> tuple[Phase, ...]:
    return PHASES.get(binding.action.partition("(")[0], tuple(Phase))


def _rows(
    bindings: Iterable[Binding], named: Callable[[Binding], str]
) -> Iterator[tuple[str, str]]:
    """For each action, or group of actions, its keys and what it does."""
    found: dict[object, tuple[str, list[str]]] = {}
    for binding in bindings:
        action = binding.action.partition("(")[0] if binding.group else binding.action
        meaning = MEANINGS.get(named(binding)) or binding.tooltip or binding.description
        keys = found.setdefault((action, binding.description), (meaning, []))[1]
        keys.append(format_key(binding.key))
    for meaning, keys in found.values():
        yield " ".join(dict.fromkeys(keys)), meaning


def _section(title: str, rows: list[tuple[str, str]]) -> list[Content]:
    width = max(len(keys) for keys, _ in rows)
    drawn = [join(f"  {keys:<{width}}  ", (meaning, QUIET)) for keys, meaning in rows]
    return [plain(title, "bold"), *drawn, plain("")]
