"""The app: decks in, screens out. It owns the checker and the sessions under way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from textual.app import App, SuspendNotSupported, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.types import AnimationLevel

from quizcnn.display import clean
from quizcnn.study.records import Mode, Request
from quizcnn.study.store.errors import StoreError
from quizcnn.tui.background import start
from quizcnn.tui.checker import LateChecker
from quizcnn.tui.own_keys import own_keys
from quizcnn.tui.sittings import MISSED, Sittings

if TYPE_CHECKING:
    from quizcnn.answer.graded import Graded, NoSlip, Slip
    from quizcnn.answer.laboratory import Bench
    from quizcnn.check.job import Checker
    from quizcnn.deck.catalog import Catalog
    from quizcnn.deck.model import Question, SourceEntry
    from quizcnn.deck.place import Problem
    from quizcnn.study.settings.model import Settings
    from quizcnn.study.study import Study
    from quizcnn.tui.screens.home import HomeScreen
    from quizcnn.tui.screens.practice import PracticeScreen
    from quizcnn.tui.sitting import Sitting

T = TypeVar("T")

Sources: TypeAlias = "tuple[Sequence[SourceEntry], Sequence[Problem]]"
"""The entries of the document, and what cannot be read of them."""


class QuizApp(App[None]):
    """Practice in the terminal. Screens are imported when they are first shown, for a quick start.

    `make_checker` and `read_sources` are called once, after the first frame and in a thread; the
    latter gives the document's entries and what cannot be read of them. `start` is a session to
    open at once, or a question to take into the lab; None opens the home screen. `notice` is
    something to know at the beginning, `settings` the file of the settings, None where there is
    none to be shown. `reload` reads the decks again after one was edited; where that has problems
    now, it gives them and reads nothing. `behind` is called once, behind the first frame.
    """

    TITLE = "quizcnn"
    CSS_PATH = "app.tcss"
    COMMAND_PALETTE_BINDING = "colon"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  (Textual declares it as an instance variable)
        (0, "-narrow"),
        (60, "-medium"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("colon", "command_palette", "commands", show=False, key_display=":"),
    ]

    def __init__(
        self,
        study: Study,
        catalog: Catalog,
        make_checker: Callable[[], Checker],
        problems: Sequence[Problem] = (),
        read_sources: Callable[[], Sources] = lambda: ((), ()),
        start: Request | Bench | None = None,
        notice: str = "",
        settings: Path | None = None,
        reload: Callable[[Path], Sequence[Problem]] = lambda file: (),
        behind: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self.study = study
        self._catalog = catalog
        self._problems = tuple(problems)
        self._checker = LateChecker(make_checker)
        self.sittings = Sittings(study, self._checker, catalog.decks())
        self._read_sources = read_sources
        self._sources: tuple[SourceEntry, ...] = ()
        self._start = start
        self._notice = notice
        self._settings = settings
        self._reload = reload
        self._behind = behind
        self._level: AnimationLevel = "full"
        self.keymap, wrong = own_keys(settings) if settings else ({}, ())
        self._problems += wrong
        self._warm = False

    @cached_property
    def _home(self) -> HomeScreen:
        from quizcnn.tui.screens.home import HomeScreen  # noqa: PLC0415

        return HomeScreen(self.sittings, self._problems, self._notice)

    def get_default_screen(self) -> Screen[None]:
        screen = self._prepared(self._first())
        # Textual gives one to screens that are pushed, and takes one from each that is left
        screen._push_result_callback(self, None)
        return screen

    def _first(self) -> Screen[None]:
        """The screen that the app begins with; for the lab an empty one until it is ready."""
        if self._start is not None and not isinstance(self._start, Request):
            return Screen()
        sitting = None if self._start is None else self._sit_down(self._start)
        return self._home if sitting is None else self._practice(sitting, at_once=True)

    def pop_screen(self) -> AwaitComplete:
        """As Textual does; beneath what the app began with lies home."""
        if len(self.screen_stack) == 1:
            return self.switch_screen(self._home)
        return super().pop_screen()

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """As Textual does; the screen has a person's own keys."""
        return super().push_screen(self._prepared(screen), *arguments, **options)

    def switch_screen(self, screen: Any) -> AwaitComplete:
        """As Textual does; the screen has a person's own keys."""
        return super().switch_screen(self._prepared(screen))

    def _prepared(self, screen: Screen[T]) -> Screen[T]:
        """A screen with a person's own keys, and with the classes of its size.

        Textual gives it these after the first layout, and styles and lays all out anew then.
        """
        if isinstance(screen, Screen):
            cells = zip(
                self.size, (self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), strict=True
            )
            screen.add_class(
                *(next(name for least, name in names[::-1] if n >= least) for n, names in cells)
            )
        if self.keymap and isinstance(screen, Screen):
            from quizcnn.tui.keymap import apply  # noqa: PLC0415 - few have keys of their own

            apply(screen, self.keymap)
        return screen

    def on_mount(self) -> None:
        self._level = self.animation_level
        self._keep_still()
        if self._start is not None:
            if not isinstance(self._start, Request):
                start(self, partial(self._begin_lab, self._start))
            if self._notice:
                self.notify(clean(self._notice), severity="warning", timeout=30, markup=False)

    def _keep_still(self) -> None:
        """Let things move by themselves, or not, as the settings and the environment say."""
        wanted = self.study.settings.motion
        self.animation_level = self._level if wanted else "none"

    async def on_unmount(self) -> None:
        await asyncio.to_thread(self._checker.close)

    def practise(self, request: Request, title: str = "") -> None:
        """Open a session, or go on with it where it was left."""
        sitting = self._sit_down(request, title)
        if sitting is not None:
            self.push_screen(self._practice(sitting))

    def _sit_down(self, request: Request, title: str = "") -> Sitting | None:
        """A session, or the one that was left; None, and a word on it, where it cannot be had."""
        try:
            return self.sittings.open(request, title)
        except StoreError as error:
            self.notify(clean(str(error)), severity="error", markup=False)
            return None

    def _practice(self, sitting: Sitting, at_once: bool = False) -> PracticeScreen:
        from quizcnn.tui.screens.practice import PracticeScreen  # noqa: PLC0415

        return PracticeScreen(sitting, self._finish, self.edit, at_once)

    def edit(self, question: Question) -> None:
        """Open a question in the editor, and go on with what its deck has become."""
        from quizcnn.tui.editing import EditorError, edit  # noqa: PLC0415

        try:
            with self.suspend():
                edit(question.place)
        except (EditorError, SuspendNotSupported) as error:
            told = str(error) or "This terminal cannot be handed to an editor."
            self.notify(clean(told), severity="error", markup=False)
            return
        problems = self._reload(Path(question.place.file))
        if problems:
            from quizcnn.deck.pointing import NARROWEST, Pointer  # noqa: PLC0415

            quoted = "\n".join(Pointer(NARROWEST).problem(problems[0]))
            told = f"{quoted}\nThe deck stays as it was before."
            self.notify(clean(told), severity="error", timeout=30, markup=False)
            return
        self.sittings.decks = self._catalog.decks()
        if self._catalog.question(question.key) is None:
            told = f"{question.key} is no longer in its deck, and does not come again."
            self.notify(clean(told), severity="warning", markup=False)

    def open_lab(self, taken: Graded | Bench) -> None:
        """Take a question into the lab; nothing there touches its progress."""
        from quizcnn.tui.screens.lab import LabScreen  # noqa: PLC0415  (much, and few need it)

        self.push_screen(LabScreen(taken, self._checker))

    def slip_behind(self, graded: Graded, wanted: Callable[[], bool]) -> Slip | NoSlip | None:
        """What a wrong answer is the answer to; see `naming.slip_behind`. Blocks."""
        from quizcnn.answer.naming import slip_behind  # noqa: PLC0415  (slow, and few need it)

        return slip_behind(graded, self._checker, wanted)

    async def _begin_lab(self, bench: Bench) -> None:
        """Take a question into the lab whose givens are still to be evaluated."""
        from quizcnn.deck.variants import VariantError, variants  # noqa: PLC0415
        from quizcnn.tui.screens.lab import LabScreen  # noqa: PLC0415

        try:
            met = await asyncio.to_thread(variants, bench.question, self._checker)
        except VariantError as error:
            self.notify(clean(str(error)), severity="error", timeout=30, markup=False)
            self.switch_screen(self._home)
            return
        self.switch_screen(LabScreen(replace(bench, variant=met[0]), self._checker))
        self.call_after_refresh(self.warm_up)

    def repeat(self, title: str, questions: Sequence[Question]) -> None:
        """Practise missed questions once more, in place of the summary that lists them."""
        self.pop_screen()
        keys = tuple(question.key for question in questions)
        request = Request(Mode.CRAM, keys=keys)
        self.sittings.under_way.pop(request, None)
        self.practise(request, title.removesuffix(MISSED) + MISSED)

    def undo_last(self) -> None:
        """Take back the last answer of the last session, from before a restart too."""
        try:
            sitting = self.sittings.undo_last()
        except StoreError as error:
            self.notify(clean(str(error)), severity="warning", markup=False)
            return
        if sitting is None:
            self.notify("There is nothing to undo.", markup=False)
        else:
            self.push_screen(self._practice(sitting))

    def show_findings(self) -> None:
        """Show what the document gets wrong."""
        start(self, self._find, exclusive=True, group="findings")

    async def _find(self) -> None:
        from quizcnn.study.findings import findings  # noqa: PLC0415
        from quizcnn.tui.screens.findings import FindingsScreen  # noqa: PLC0415

        found = await asyncio.to_thread(lambda: findings(self._catalog.questions(), self._sources))
        self.push_screen(FindingsScreen(found))

    def browse(self) -> None:
        """Show every question, to be searched."""
        from quizcnn.tui.screens.browse import BrowseScreen  # noqa: PLC0415

        self.push_screen(BrowseScreen(self._catalog))

    def show_question(self, key: str) -> None:
        """Show a question with its answer and its proof."""
        from quizcnn.tui.screens.question import QuestionScreen  # noqa: PLC0415

        question = self._catalog.question(key)
        if question is not None:
            self.push_screen(QuestionScreen(question, self._checker))

    def show_statistics(self) -> None:
        """Show what the answers so far come to."""
        from quizcnn.tui.screens.statistics import StatisticsScreen  # noqa: PLC0415

        self.push_screen(StatisticsScreen(self.study.statistics))

    def show_settings(self) -> None:
        """Show the settings, to be changed."""
        from quizcnn.study.settings.file import load  # noqa: PLC0415
        from quizcnn.tui.screens.settings import SettingsScreen  # noqa: PLC0415

        if self._settings is not None:
            settings, problems = load(self._settings)
            self.push_screen(SettingsScreen(settings, problems, self._settings, self._change))

    def _change(self, settings: Settings) -> str | None:
        """Keep settings and put them to use; what went wrong, None where nothing did."""
        from quizcnn.study.settings.file import SettingsFileError, save  # noqa: PLC0415

        assert self._settings is not None
        try:
            save(self._settings, settings)
        except SettingsFileError as error:
            return str(error)
        self.study.change(settings)
        self._keep_still()
        self.sittings.under_way.clear()  # they go on from the store, under the new settings
        return None

    def action_command_palette(self) -> None:
        from quizcnn.tui.screens.palette import Palette  # noqa: PLC0415 - few open it

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self) -> None:
        from quizcnn.tui.screens.keys import KeysScreen  # noqa: PLC0415

        self.push_screen(KeysScreen())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The commands of the palette."""
        from quizcnn.tui.commands import commands  # noqa: PLC0415 - few open it

        return commands(self, screen, self._settings is not None)

    def _finish(self, sitting: Sitting) -> None:
        from quizcnn.tui.screens.summary import SummaryScreen  # noqa: PLC0415

        self.sittings.under_way.pop(sitting.request, None)
        self.switch_screen(SummaryScreen(sitting, self._take_up))
        self.call_after_refresh(self.warm_up)

    def _take_up(self, sitting: Sitting) -> None:
        """Go on with a session whose last answer was taken back."""
        self.sittings.under_way[sitting.request] = sitting
        self.switch_screen(self._practice(sitting))

    def warm_up(self) -> None:
        """Get ready what the first frame did not need; called by the screen that has drawn it."""
        if not self._warm:
            self._warm = True
            self.run_worker(self._prepare, thread=True, group="checker")

    def _prepare(self) -> None:
        self._behind()
        import quizcnn.tui.later  # noqa: F401, PLC0415

        self._checker.warm_up()
        if not self.is_running:
            return
        from quizcnn.deck.model import Verdict  # noqa: PLC0415

        sources, problems = self._read_sources()
        self._sources = tuple(sources)
        disputed = sum(source.verdict is not Verdict.CONFIRMED for source in sources)
        self.call_later(self._tell_sources, disputed, problems)

    def _tell_sources(self, disputed: int, problems: Sequence[Problem]) -> None:
        self._home.show_sources(disputed, problems)
