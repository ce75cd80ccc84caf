"""The line at the foot of each screen: the keys that work now, each to be clicked too."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding
from textual.content import Content
from textual.events import Click
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from quizcnn.tui.prose import QUIET, join, plain

KEY = "bold $text-accent"
GAP = "  "
ALWAYS = "app.help"
"""The action whose key stays on the line however narrow it is: it leads to all the others."""


class KeyBar(Widget):
    """One line that follows the screen's bindings. What does not fit is found under `?`.

    Textual's own footer mounts a widget for each key at every change, which takes longer than all
    else that a question puts on the screen.
    """

    DEFAULT_CSS = "KeyBar { dock: bottom; height: 1; background: $footer-background; }"

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self.refresh()

    def render(self) -> Content:
        return fitting(list(self._items()), self.size.width)

    def on_click(self, event: Click) -> None:
        key = event.style.meta.get("key")
        if key is not None:
            self.app.simulate_key(str(key))

    def _items(self) -> Iterator[tuple[str, Content]]:
        """For each action, or group of actions, what it is and how it stands on the line."""
        active = [found for found in self.screen.active_bindings.values() if found.binding.show]
        seen: set[object] = set()
        for found in active:
            binding = found.binding
            what = binding.group or binding.action
            if what in seen or not found.enabled:
                continue
            seen.add(what)
            keys = [binding]
            if binding.group is not None:
                keys = [each.binding for each in active if each.binding.group is binding.group]
            shown = Content("").join(self._key(each) for each in keys)
            told = binding.group.description if binding.group else binding.description
            item = join(shown, " ", (told, QUIET))
            if binding.group is None:
                item = item.stylize(_pressing(binding))
            yield binding.action, item

    def _key(self, binding: Binding) -> Content:
        shown = plain(self.app.get_key_display(binding), KEY)
        return shown.stylize(_pressing(binding))


def _pressing(binding: Binding) -> Style:
    """The style of what presses a key when it is clicked."""
    return Style.from_meta({"key": binding.key})


def fitting(items: list[tuple[str, Content]], width: int) -> Content:
    """As many items as fit into `width` columns, in their order; `ALWAYS` is one of them."""
    room = width - 2
    needed = [item for item in items if item[0] == ALWAYS]
    room -= sum(shown.cell_length + len(GAP) for _, shown in needed)
    kept = []
    for what, shown in items:
        if what == ALWAYS:
            kept.append(shown)
            continue
        room -= shown.cell_length + len(GAP)
        if room < -len(GAP):
            break
        kept.append(shown)
    else:
        needed = []
    if needed and needed[0][1] not in kept:
        kept.append(needed[0][1])
    return Content(" ") + Content(GAP).join(kept)
