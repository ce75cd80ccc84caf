"""Work that goes on behind a screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.screen import Screen
from textual.worker import Worker


def start(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    exclusive: bool = False,
    group: str = "default",
) -> None:
    """Have a node's work begin; when `exclusive`, others of its group are given up.

    A callable, not a coroutine: one that is given up before it began would never be awaited. Work
    for a screen that was left ends where it finds nothing to draw on any more.
    """

    async def while_there() -> None:
        try:
            await work()
        except NoMatches:
            screen = next(one for one in node.ancestors_with_self if isinstance(one, Screen))
            if screen in node.app.screen_stack:
                raise

    _: Worker[None] = node.run_worker(while_there, exclusive=exclusive, group=group)
