"""The windows of a proof as JSON and back; one that does not fit together is refused."""

from __future__ import annotations

from typing import get_args

from quizcnn.check.codec_values import (
    CodecError,
    Json,
    as_bool,
    as_int,
    as_list,
    as_several,
    as_text,
    decode_value,
    encode_value,
    optional,
)
from quizcnn.check.sliding import MOST, Kind, Laid, LeftOut, Pair, Sliding, flaw
from quizcnn.check.value import Array

KINDS, LAID = get_args(Kind), get_args(Laid)
LEFT_OUT = 3
"""Parts of one that is left out."""
RECORDED = 19
"""Parts of one that is recorded."""


def encode_window(window: Sliding | LeftOut) -> Json:
    """A call that slid a window, or why it is left out, as JSON."""
    if isinstance(window, LeftOut):
        return [window.line, window.source, window.why]
    arrays = (window.input, window.output, window.kernel, window.bias, window.divisor)
    sizes = (window.size, window.stride, *window.sides, window.dilation)
    return [
        window.line,
        window.source,
        window.kind,
        *map(encode_value, arrays),
        *map(list, sizes),
        window.groups,
        window.axes,
        [window.signal, window.flipped],
        window.laid,
        encode_value(window.power),
        None if window.of is None else list(window.of),
    ]


def decode_windows(message: Json) -> tuple[Sliding | LeftOut, ...]:
    """The windows of a proof; CodecError where one cannot have been."""
    windows = as_list(message)
    if len(windows) > MOST + 1:
        raise CodecError("these are too many windows")
    return tuple(map(_window, windows))


def _window(message: Json) -> Sliding | LeftOut:
    if len(as_list(message)) == LEFT_OUT:
        line, source, why = message
        return LeftOut(as_int(line), as_text(source), as_text(why))
    line, source, kind, *rest = as_several(message, RECORDED)
    laid = rest[13]
    if kind not in KINDS or laid not in LAID:
        raise CodecError("no window becomes this, or is laid so")
    input_, output, *others = rest[:5]
    kernel, bias, divisor = (optional(_array, other) for other in others)
    size, stride, down, across, dilation = map(_pair, rest[5:10])
    signal, flipped = map(as_bool, as_several(rest[12], 2))
    window = Sliding(
        line=as_int(line),
        source=as_text(source),
        kind=kind,
        input=_array(input_),
        output=_array(output),
        size=size,
        stride=stride,
        sides=(down, across),
        dilation=dilation,
        groups=as_int(rest[10]),
        kernel=kernel,
        bias=bias,
        divisor=divisor,
        axes=as_int(rest[11]),
        signal=signal,
        flipped=flipped,
        laid=laid,
        power=optional(_power, rest[14]),
        of=optional(_pair, rest[15]),
    )
    if why := flaw(window):
        raise CodecError(f"a window does not fit together: {why}")
    return window


def _array(message: Json) -> Array:
    value = decode_value(message, 0)
    if not isinstance(value, Array):
        raise CodecError("an array was expected")
    return value


def _power(message: Json) -> float:
    value = decode_value(message, 0)
    if not isinstance(value, float):
        raise CodecError("a float was expected")
    return value


def _pair(message: Json) -> Pair:
    first, second = map(as_int, as_several(message, 2))
    return first, second
