"""Work that goes on behind a screen."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import Worker


def start(
    node: DOMNode,
    work: Callable[[], Coroutine[Any, Any, None]],
    exclusive: bool = False,
    group: str = "default",
) -> None:
    """Have a node's work begin; when `exclusive`, others of its group are given up.

    A callable, not a coroutine: one that is given up before it began would never be awaited.
    """
    _: Worker[None] = node.run_worker(work, exclusive=exclusive, group=group)
