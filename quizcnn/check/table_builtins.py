"""Python's builtins, and the attributes and methods of arrays, that a check may use."""

from __future__ import annotations

from typing import Any

from quizcnn.check.entry import Entry

ANY = ("*",)
"""Every argument may be text, or a function: the builtin looks at them itself."""


def _builtin(name: str, arguments: str, says: str, **more: Any) -> Entry:
    return Entry(name, arguments, says, room="builtin", **more)


def _method(name: str, arguments: str, says: str, **more: Any) -> Entry:
    return Entry(name, arguments, says, room="method", **more)


BUILTINS = (
    _builtin("len", "x", "how many items", text=ANY),
    _builtin("range", "start, stop=None, step=1", "whole numbers up to a bound"),
    _builtin("min", "*values, key=None, default=None", "the smallest", text=ANY,
             functions=("key",)),
    _builtin("max", "*values, key=None, default=None", "the largest", text=ANY,
             functions=("key",)),
    _builtin("sum", "values, start=0", "the sum"),
    _builtin("abs", "x", "without its sign"),
    _builtin("round", "x, digits=None", "rounds, halves to even"),
    _builtin("sorted", "values, key=None, reverse=False", "smallest first", text=ANY,
             functions=("key",)),
    _builtin("zip", "*values, strict=False", "side by side", text=ANY),
    _builtin("enumerate", "values, start=0", "numbered", text=ANY),
    _builtin("reversed", "values", "last first", text=ANY),
    _builtin("tuple", "values=()", "as a tuple", text=ANY, functions=ANY),
    _builtin("list", "values=()", "as a list", text=ANY, functions=ANY),
    _builtin("int", "x=0", "the whole part"),
    _builtin("float", "x=0.0", "as a float"),
    _builtin("bool", "x=False", "true or false", text=ANY),
    _builtin("complex", "real=0.0, imag=0.0", "a complex number"),
    _builtin("any", "values", "whether one is true", text=ANY, vacuous=True),
    _builtin("all", "values", "whether all are true", text=ANY, vacuous=True),
    _builtin("divmod", "a, b", "quotient and remainder"),
    _builtin("pow", "base, exp, mod=None", "a power"),
)  # fmt: skip

ATTRIBUTES = {
    "shape": "the lengths of the axes",
    "size": "how many values",
    "ndim": "how many axes",
    "T": "axes in reverse order",
    "real": "the real part",
    "imag": "the imaginary part",
}

AXIS = "axis=None, keepdims=False"

METHODS = (
    _method("sum", AXIS, "the sum"),
    _method("prod", AXIS, "the product"),
    _method("mean", AXIS, "the mean"),
    _method("max", AXIS, "the largest"),
    _method("min", AXIS, "the smallest"),
    _method("argmax", "axis=None", "where the largest is"),
    _method("argmin", "axis=None", "where the smallest is"),
    _method("any", AXIS, "whether one is true", vacuous=True),
    _method("all", AXIS, "whether all are true", vacuous=True),
    _method("var", "axis=None, *, ddof=0, keepdims=False", "the variance"),
    _method("std", "axis=None, *, ddof=0, keepdims=False", "the standard deviation"),
    _method("cumsum", "axis=None", "running sums"),
    _method("cumprod", "axis=None", "running products"),
    _method("round", "decimals=0", "rounds, halves to even"),
    _method("clip", "min=None, max=None", "keeps values between two bounds", size="broadcast"),
    _method("reshape", "*shape", "the same values in another shape"),
    _method("ravel", "", "one vector"),
    _method("flatten", "", "one vector, a copy"),
    _method("transpose", "*axes", "axes in another order"),
    _method("swapaxes", "axis1, axis2", "two axes change places"),
    _method("squeeze", "axis=None", "without axes of length 1"),
    _method("copy", "", "the same values in an array of its own"),
    _method("astype", "dtype", "in another dtype"),
    _method("tolist", "", "as lists of numbers", size="as list"),
    _method("item", "*index", "one value as a plain number"),
    _method("dot", "b", "sum of products", size="dot"),
    _method("trace", "offset=0", "sum of the diagonal"),
    _method("diagonal", "offset=0", "the diagonal"),
    _method("nonzero", "", "where values are not 0", size="rank"),
    _method("argsort", "axis=-1", "the order that sorts"),
    _method("repeat", "repeats, axis=None", "each value repeated", size="repeat"),
    _method("take", "indices, axis=None", "values at indices", size="take"),
    _method("conj", "", "the complex conjugate"),
)
