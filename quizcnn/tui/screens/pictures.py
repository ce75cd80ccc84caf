"""The pictures of a proof, one at a time at full size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from quizcnn.check.value import Array
from quizcnn.check.wording import number
from quizcnn.pictures.choosing import Curve, Labelled, Picture
from quizcnn.pictures.legend import about, scale
from quizcnn.pictures.lines import Lines, fixed
from quizcnn.pictures.pieces import quiet, width_of
from quizcnn.pictures.sampling import sampled
from quizcnn.tui.prose import join
from quizcnn.tui.widgets.array_grid import ArrayGrid
from quizcnn.tui.widgets.key_bar import KeyBar
from quizcnn.tui.widgets.picture_view import LinesView, PictureView, depth_of
from quizcnn.tui.widgets.title_bar import TitleBar


class PicturesScreen(Screen[None]):
    """An array with its values to point at, or a table; `]` and `[` go to the next and back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "values", "values/colours"),
        Binding("right_square_bracket,tab", "turn(1)", "next picture", key_display="]"),
        Binding("left_square_bracket,shift+tab", "turn(-1)", "previous", key_display="["),
        Binding("question_mark", "app.help", "keys", key_display="?"),
        Binding("q,escape,enter,o", "app.pop_screen", "back", key_display="q"),
    ]

    def __init__(self, pictures: Sequence[Labelled], at: int = 0) -> None:
        super().__init__()
        self._pictures = tuple(pictures)
        self._at = at

    def compose(self) -> ComposeResult:
        yield TitleBar("Picture")
        yield Container(id="picture")
        yield Static(id="pointed", markup=False)
        yield Scale()
        yield KeyBar()

    async def on_mount(self) -> None:
        await self._show()

    async def _show(self) -> None:
        label, picture = self._pictures[self._at]
        state = f"{self._at + 1} of {len(self._pictures)}" if len(self._pictures) > 1 else ""
        shown = as_array(picture)
        place = self.query_one("#picture", Container)
        with self.app.batch_update():
            self.query_one(TitleBar).call(label or "Picture")
            self.query_one(TitleBar).show(state)
            await place.remove_children()
            if shown is None:
                await place.mount(VerticalScroll(PictureView(picture)))
                place.query_one(VerticalScroll).focus()
            else:
                sample = picture.sample if isinstance(picture, Array) else None
                await place.mount(ArrayGrid(shown, sample.steps if sample else ()))
                place.query_one(ArrayGrid).focus()
            self._tell()
        self.refresh_bindings()

    def _tell(self) -> None:
        """Which value is pointed at, and the range of all."""
        grids = self.query(ArrayGrid)
        pointed, range_ = self.query_one("#pointed", Static), self.query_one(Scale)
        pointed.display = range_.display = bool(grids)
        if not grids:
            return
        grid = grids.only_one()
        array = grid.array
        assert array.data
        place, told = grid.place, ""
        _, picture = self._pictures[self._at]
        if isinstance(picture, Array) and picture.sample is not None:
            place = tuple(at * step for at, step in zip(place, picture.sample.steps, strict=True))
            told = f"   {sampled(picture)[1]}"
        value = number(array.data[grid.index]).replace("-", "−")
        pointed.update(join((f"{where(place)}: {value}", "bold"), told))
        range_.show(array)

    def on_array_grid_pointed(self) -> None:
        self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn":
            return len(self._pictures) > 1
        if action == "values":
            _, picture = self._pictures[self._at]
            return isinstance(picture, Curve) or (isinstance(picture, Array) and not picture.sample)
        return True

    def action_values(self) -> None:
        self.query_one(ArrayGrid).turn_values()

    async def action_turn(self, by: int) -> None:
        self._at = (self._at + by) % len(self._pictures)
        await self._show()


class Scale(LinesView):
    """An array's range, and its shape and dtype."""

    def __init__(self) -> None:
        super().__init__()
        self._array: Array | None = None

    def show(self, array: Array) -> None:
        """The scale of an array."""
        if array is not self._array:
            self._array = array
            self.redraw()

    def draw(self, width: int) -> Lines:
        """The colours from one end to the other, and what the array is."""
        if self._array is None:
            return fixed([])
        said = about(self._array)
        lines = scale(self._array, width - len(said) - 2, depth_of(self.app))
        if not lines:
            return fixed([(quiet(said[:width]),)])
        beside = quiet(f"  {said}"[: max(width - width_of(lines[0]), 0)])
        return fixed([(*lines[0], beside)])


def as_array(picture: Picture) -> Array | None:
    """The array whose values a picture shows, if it shows one's."""
    if isinstance(picture, Array):
        array, _ = sampled(picture)
        return array if array.data and array.shape else None
    if isinstance(picture, Curve):
        return Array((len(picture.values),), "numbers", picture.values, *_ends(picture))
    return None


def _ends(curve: Curve) -> tuple[float, float]:
    finite = [value for value in curve.values if value - value == 0]
    return (min(finite), max(finite)) if finite else (0, 0)


def where(place: tuple[int, ...]) -> str:
    """An index in words.

    >>> where((3, 4)), where((7,)), where((0, 1, 3, 4))
    ('row 3, column 4', 'number 7', '[0, 1], row 3, column 4')
    """
    if len(place) == 1:
        return f"number {place[0]}"
    leading = f"[{', '.join(map(str, place[:-2]))}], " if len(place) > 2 else ""
    return f"{leading}row {place[-2]}, column {place[-1]}"
