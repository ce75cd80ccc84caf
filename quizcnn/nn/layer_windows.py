"""How a layer's window moves over its input, or lays its input down: extent, stride, padding."""

from __future__ import annotations

from quizcnn.nn.layer import Layer, Size, sides
from quizcnn.nn.layers import Conv, ConvTranspose2d, LocallyConnected2d, Subsample2d
from quizcnn.nn.layers_pooling import Pool2d, Upsample

Shape = tuple[int, ...]


def sliding(layer: Layer) -> tuple[Shape, Shape, Shape] | None:
    """The window's extent (dilation counted), its stride and the padding before the first value.

    One number for each axis; None if nothing slides over the input.
    """
    match layer:
        case Conv():
            extent = _reach(layer.kernel_size, layer.dilation, layer.axes)
            if layer.padding == "same":
                padding = tuple((side - 1) // 2 for side in extent)
            else:
                padding = _padding(layer, layer.axes)
            return extent, sides(layer.stride, layer.axes), padding
        case LocallyConnected2d():
            return sides(layer.kernel_size, 2), sides(layer.stride, 2), (0, 0)
        case Pool2d():
            return layer.extent, sides(layer.step, 2), sides(layer.padding, 2)
        case Subsample2d():
            return sides(layer.kernel_size, 2), sides(layer.kernel_size, 2), (0, 0)
    return None


def enlarging(layer: Layer) -> tuple[Shape, Shape, Shape] | None:
    """How far a layer lays down each value, how far apart, and what is cut off before the first.

    One number for each axis; None if the layer does not enlarge.
    """
    match layer:
        case ConvTranspose2d():
            reach = _reach(layer.kernel_size, layer.dilation, 2)
            return reach, sides(layer.stride, 2), sides(layer.padding, 2)
        case Upsample():
            factors = sides(layer.scale_factor, 2)
            return factors, factors, (0, 0)
    return None


def window_places(layer: Layer, shape: Shape) -> Shape:
    """In how many places the layer's window stands along each axis."""
    slides = sliding(layer)
    assert slides is not None
    if isinstance(layer, Conv) and layer.padding == "same":
        return shape[1:]
    up = isinstance(layer, Pool2d) and getattr(layer, "ceil_mode", False)
    places = []
    for side, extent, step, added in zip(shape[-len(slides[0]) :], *slides, strict=True):
        room = side + 2 * added - extent
        if room < (1 - step if up else 0):
            raise ValueError(
                f"{layer} needs at least {extent} pixels along each side, "
                f"the input has shape {shape}"
                + (f" and {added} pixels of padding" if added else "")
            )
        places.append(_rounded_up(room, step, side + added) if up else room // step + 1)
    return tuple(places)


def _rounded_up(room: int, step: int, end: int) -> int:
    """Places with `ceil_mode`: the last window may hang over, but must begin before the `end`."""
    last = -(-room // step)
    return last if last * step >= end else last + 1


def enlarged(layer: ConvTranspose2d, shape: Shape) -> Shape:
    """The sides of what a transposed convolution makes of an input of this shape."""
    enlarges = enlarging(layer)
    assert enlarges is not None
    made = []
    for side, reach, step, cut, added in zip(
        shape[1:], *enlarges, sides(layer.output_padding, 2), strict=True
    ):
        made.append((side - 1) * step - 2 * cut + reach + added)
    if min(made) < 1:
        raise ValueError(
            f"{layer} cuts off more than it makes: of an input of shape {shape} "
            f"it would make {' × '.join(map(str, made))}"
        )
    return tuple(made)


def _reach(kernel: Size, dilation: Size, axes: int) -> Shape:
    both = zip(sides(kernel, axes), sides(dilation, axes), strict=True)
    return tuple(spread * (side - 1) + 1 for side, spread in both)


def _padding(layer: Conv, axes: int) -> Shape:
    return (0,) * axes if isinstance(layer.padding, str) else sides(layer.padding, axes)
