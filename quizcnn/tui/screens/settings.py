"""The settings: each with its value and what it means, and a field to change it in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from quizcnn.deck.model import Problem
from quizcnn.study.settings.file import load
from quizcnn.study.settings.model import Settings
from quizcnn.study.settings.table import DEFAULT, TABLE, Setting, SettingError, changed
from quizcnn.tui.prose import CAUTION, QUIET, join, lines, plain
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.listing import Listing
from quizcnn.tui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from quizcnn.tui.app import QuizApp


LONGEST = max(len(each.name) for each in TABLE)


class SettingList(Listing):
    """The list of settings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "select", "change", key_display="Enter"),
        Binding("d", "screen.default", "back to the default"),
    ]


class SettingField(Input):
    """The field in which a value is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "save", key_display="Enter"),
    ]


class SettingsScreen(Screen[None]):
    """The settings in a list; Enter or a click opens one in a field, Enter there saves it.

    `problems` are those of the file at `path`. `save` keeps the settings and puts them to use; it
    gives a sentence that says what went wrong, None where nothing did.
    """

    app: QuizApp

    CSS_PATH = "settings.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("escape,q", "leave", "back", key_display="Esc"),
    ]

    def __init__(
        self,
        settings: Settings,
        problems: Sequence[Problem],
        path: Path,
        save: Callable[[Settings], str | None],
    ) -> None:
        super().__init__()
        self._settings = settings
        self._problems = tuple(problems)
        self._path = path
        self._save = save
        self._editing: Setting | None = None

    def compose(self) -> ComposeResult:
        yield TitleBar("Settings", str(self._path))
        yield SettingList(*self._options(), id="settings", markup=False)
        with VerticalScroll(id="problems"):
            yield Static(id="settings-problems", markup=False)
        with Vertical(id="setting"):
            yield Static(id="setting-about", markup=False)
            yield SettingField(id="setting-field")
            yield Static(id="setting-echo", markup=False)
        yield KeyBar()

    def on_mount(self) -> None:
        self._show_problems()
        self.query_one(SettingList).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no way back to a default that holds already."""
        if action != "default":
            return True
        each = self._highlighted()
        return each is not None and getattr(self._settings, each.name) != each.default

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        self._close()
        self._describe(TABLE[event.option_index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        each = TABLE[event.option_index]
        self._editing = each
        self.add_class("-editing")
        self._describe(each)
        field = self.query_one(SettingField)
        field.value = each.words(getattr(self._settings, each.name))
        field.focus()

    def on_input_changed(self) -> None:
        if self._editing is not None:
            self._say(_expected(self._editing), QUIET)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._editing is not None:
            self._set(self._editing, event.value)

    def action_default(self) -> None:
        each = self._highlighted()
        if each is not None:
            self._set(each, DEFAULT)

    def action_leave(self) -> None:
        """Leave the field, or the screen where none is open."""
        if self._editing is None:
            self.app.pop_screen()
        else:
            self._close()

    def _set(self, each: Setting, text: str) -> None:
        """Take what was typed for a setting, or say at the field why it cannot be."""
        try:
            settings = changed(self._current(), each.name, each.parse(text))
        except SettingError as error:
            self._say(_sentence(f"{error}.") if text.strip() else _expected(each), CAUTION)
            return
        trouble = self._save(settings)
        if trouble is not None:
            self._refuse(trouble)
            return
        self._settings = settings
        self._problems = load(self._path)[1]
        self._show_problems()
        listing = self.query_one(SettingList)
        for index, option in enumerate(self._options()):
            listing.replace_option_prompt_at_index(index, option.prompt)
        self.query_one(TitleBar).show(f"saved in {self._path}")
        self._close()
        self._say(_expected(each), QUIET)

    def _current(self) -> Settings:
        """The settings as the file has them now: another program may have changed some."""
        return load(self._path)[0] if self._path.exists() else self._settings

    def _refuse(self, trouble: str) -> None:
        if self._editing is None:
            self.notify(plain(trouble).plain, severity="error", markup=False)
        else:
            self._say(trouble, CAUTION)

    def _close(self) -> None:
        self._editing = None
        self.remove_class("-editing")
        self.query_one(SettingList).focus()
        self.refresh_bindings()

    def _describe(self, each: Setting) -> None:
        self.query_one("#setting-about", Static).update(plain(each.about))
        self._say(_expected(each), QUIET)

    def _say(self, text: str, style: str) -> None:
        self.query_one("#setting-echo", Static).update(plain(text, style))

    def _highlighted(self) -> Setting | None:
        index = self.query_one(SettingList).highlighted
        return None if index is None else TABLE[index]

    def _show_problems(self) -> None:
        self.set_class(bool(self._problems), "-problems")
        said = [plain(_problem(problem), CAUTION) for problem in self._problems]
        self.query_one("#settings-problems", Static).update(lines(said))

    def _options(self) -> list[Option]:
        return [Option(self._entry(each), each.name) for each in TABLE]

    def _entry(self, each: Setting) -> Content:
        value = getattr(self._settings, each.name)
        return join(
            (f"{_title(each):<{LONGEST}}  ", "bold"),
            each.words(value),
            ("" if value == each.default else f"   default: {each.words(each.default)}", QUIET),
        )


def _title(each: Setting) -> str:
    return each.name.replace("_", " ").capitalize()


def _expected(each: Setting) -> str:
    return _sentence(f"{each.expected}; the default is {each.words(each.default)}.")


def _problem(problem: Problem) -> str:
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"⚠ line {problem.place.line}: {problem.message}{hint}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
