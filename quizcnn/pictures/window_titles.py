"""What stands above each part of a sliding window."""

from __future__ import annotations

from quizcnn.check.sliding import Sliding
from quizcnn.pictures.window_layout import Part


def titles(sliding: Sliding) -> dict[Part, tuple[str, ...]]:
    """What stands above each part, in words and in fewer."""
    under = {"sum": "products", "spread": "stamp"}.get(sliding.kind, "window")
    input_, output = (_size(sliding, array.shape) for array in (sliding.input, sliding.output))
    padded = (f"input {input_}{_padding(sliding)}", f"input {input_}", "input", "in")
    told: dict[Part, tuple[str, ...]] = {
        "input": padded,
        "terms": (under,),
        "output": (f"output {output}", "output", "out"),
    }
    if sliding.laid == "whole":
        told["output"] = ("output", "out")
    if sliding.kernel is not None:
        told["kernel"] = ("turned kernel", "turned") if sliding.flipped else ("kernel",)
    return told


def _size(sliding: Sliding, shape: tuple[int, ...]) -> str:
    rows, columns = shape[-2:]
    return f"{columns}" if sliding.signal else f"{rows}×{columns}"


def _padding(sliding: Sliding) -> str:
    """How it is padded; what a spread cuts off is told of its output."""
    around = {cells for pair in sliding.sides[sliding.signal :] for cells in pair}
    if sliding.kind == "spread" or around == {0}:
        return ""
    return f", padding {around.pop()}" if len(around) == 1 else ", with padding"
