"""Watching a proof's windows slide: play, pause, step, jump."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from quizcnn.answer.watching import Watched
from quizcnn.check.sliding import Sliding
from quizcnn.display import clean
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.title_bar import TitleBar
from quizcnn.tui.widgets.window_player import SPEEDS, WindowPlayer

STEP = Binding.Group("step", compact=True)
SPEED = Binding.Group("speed", compact=True)
TITLE = "Window"
STILL = "Motion is off, so nothing plays by itself: step with → and ←."


class WindowScreen(Screen[None]):
    """Every call that slid a window, one at a time: the check's, of its options, of a slip.

    Nothing moves by itself where Textual is told so (`TEXTUAL_ANIMATIONS=none`, or our settings).
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "play", "play", key_display="Space"),
        Binding("space", "pause", "pause", key_display="Space"),
        Binding("left", "leap(-1)", "step", group=STEP),
        Binding("right", "leap(1)", "step", group=STEP),
        Binding("up", "row(-1)", "a row up", show=False),
        Binding("down", "row(1)", "a row down", show=False),
        Binding("home", "go(0)", "first", show=False),
        Binding("end", "last", "last", show=False),
        Binding("pageup", "plane(-1)", "channel before", show=False),
        Binding("pagedown", "plane(1)", "next channel", show=False),
        Binding("minus", "accelerate(-1)", "speed", key_display="−", group=SPEED),
        Binding("plus", "accelerate(1)", "speed", key_display="+", group=SPEED),
        Binding("equals_sign", "accelerate(1)", "speed", show=False),
        Binding("tab", "other(1)", "next window", key_display="Tab"),
        Binding("shift+tab", "other(-1)", "window before", show=False),
        Binding("c", "channel", "channel"),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("escape,q,w", "app.pop_screen", "back", key_display="Esc"),
    ]

    def __init__(self, windows: Sequence[Watched]) -> None:
        super().__init__()
        self._windows = windows
        self._told: tuple[str, int] = ("", 0)
        playable = [isinstance(each.window, Sliding) for each in windows]
        self._number = playable.index(True) if any(playable) else 0

    def compose(self) -> ComposeResult:
        yield TitleBar(self._title)
        yield WindowPlayer(self._windows[self._number].window)
        yield KeyBar()

    def on_mount(self) -> None:
        self._player.focus()

    @property
    def _title(self) -> str:
        """Whose window it is, where an option or a slip has some."""
        if not any(each.whose for each in self._windows):
            return TITLE
        return clean(self._windows[self._number].whose) or "The check"

    @property
    def _motion(self) -> bool:
        return self.app.animation_level != "none"

    @property
    def _player(self) -> WindowPlayer:
        return self.query_one(WindowPlayer)

    def on_window_player_changed(self, event: WindowPlayer.Changed) -> None:
        """Show which window it is, and whether it plays."""
        player = self._player
        speed = f"{SPEEDS[player.speed]:g} a second"
        state = f"▶ {speed}" if player.playing else f"⏸ {speed}" if self._motion else "no motion"
        if len(self._windows) > 1:
            state = f"{self._number + 1} of {len(self._windows)}   {state}"
        told = (state, player.channels)
        if told != self._told:  # not at each step: the footer takes longer than the picture
            self._told = told
            self.query_one(TitleBar).show(state)
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys work now: this is what the footer shows."""
        if not self.is_mounted:
            return True
        player = self._player
        match action:
            case "play":
                return player.sliding is not None and not player.playing
            case "pause":
                return player.playing
            case "leap" | "row" | "go" | "last" | "plane":
                return player.sliding is not None
            case "accelerate":
                return self._motion and player.sliding is not None
            case "other":
                return len(self._windows) > 1
            case "channel":
                return player.channels > 1
            case _:
                return True

    # Keys

    def action_play(self) -> None:
        if self._motion:
            self._player.play()
        else:
            self.notify(STILL, markup=False)

    def action_pause(self) -> None:
        self._player.pause()

    def action_leap(self, steps: int) -> None:
        self._player.pause()
        self._player.leap(steps)

    def action_row(self, rows: int) -> None:
        if self._player.sliding is not None:
            self.action_leap(rows * self._player.sliding.walked.shape[3])

    def action_plane(self, planes: int) -> None:
        if self._player.sliding is not None:
            height, width = self._player.sliding.walked.shape[2:]
            self.action_leap(planes * height * width)

    def action_go(self, step: int) -> None:
        self._player.pause()
        self._player.go(step)

    def action_last(self) -> None:
        if self._player.sliding is not None:
            self.action_go(self._player.sliding.steps - 1)

    def action_accelerate(self, by: int) -> None:
        self._player.accelerate(by)

    def action_channel(self) -> None:
        self._player.look()

    def action_other(self, by: int) -> None:
        self._number = (self._number + by) % len(self._windows)
        self.query_one(TitleBar).call(self._title)
        self._player.show(self._windows[self._number].window)
