"""The NumPy functions that a check may call, written `np.name`.

None takes `out=`, none takes text but where it is named here, and dtypes are the names `int`,
`float`, `bool`, `complex` or one of NumPy's below.
"""

from __future__ import annotations

from typing import Any

from quizcnn.check.entry import Entry


def _np(name: str, arguments: str, says: str, **more: Any) -> Entry:
    return Entry(f"np.{name}", arguments, says, room="np", **more)


def _one(names: str, says: str) -> tuple[Entry, ...]:
    """Functions of one array that answer value by value."""
    return tuple(_np(name, "x", says) for name in names.split())


def _two(names: str, says: str) -> tuple[Entry, ...]:
    """Functions of two arrays that are broadcast together."""
    return tuple(_np(name, "x1, x2", says, size="broadcast") for name in names.split())


MODES = ("full", "same", "valid")
AXIS = "a, axis=None, keepdims=False"

VALUE_BY_VALUE = (
    *_one("abs absolute fabs sqrt square cbrt exp expm1 exp2 log log1p log2 log10 sign floor ceil "
          "trunc rint negative positive reciprocal sin cos tan arcsin arccos arctan sinh cosh tanh "
          "deg2rad rad2deg", "value by value"),
    *_one("isfinite isnan isinf signbit logical_not invert conjugate conj", "value by value"),
    _np("real", "val", "the real part"),
    _np("imag", "val", "the imaginary part"),
    _np("angle", "z", "the angle of complex values"),
    _np("sinc", "x", "sin(πx) / (πx)"),
    _np("round", "a, decimals=0", "rounds, halves to even"),
    _np("clip", "a, a_min=None, a_max=None", "keeps values between two bounds", size="broadcast"),
    _np("nan_to_num", "x", "0 for nan"),
    *_two("add subtract multiply divide true_divide floor_divide mod remainder fmod power "
          "float_power maximum minimum fmax fmin arctan2 hypot logaddexp gcd lcm copysign "
          "heaviside", "value by value"),
    *_two("equal not_equal less less_equal greater greater_equal logical_and logical_or "
          "logical_xor bitwise_and bitwise_or bitwise_xor left_shift right_shift",
          "value by value"),
    _np("where", "condition, x=None, y=None", "x where the condition holds, else y",
        size="where"),
    _np("isclose", "a, b, rtol=1e-05, atol=1e-08", "value by value", size="broadcast"),
)  # fmt: skip

SUMMARIES = (
    *(_np(name, AXIS, says) for name, says in (
        ("sum", "the sum"), ("prod", "the product"), ("mean", "the mean"), ("max", "the largest"),
        ("min", "the smallest"), ("amax", "the largest"), ("amin", "the smallest"),
        ("median", "the middle value"), ("argmax", "where the largest is"),
        ("argmin", "where the smallest is"), ("count_nonzero", "how many are not 0"),
        ("nansum", "the sum without nan"), ("nanmean", "the mean without nan"),
        ("nanmax", "the largest but nan"), ("nanmin", "the smallest but nan"))),
    *(_np(name, AXIS, says, vacuous=True) for name, says in (
        ("any", "whether one is true"), ("all", "whether all are true"))),
    _np("var", "a, axis=None, *, ddof=0, keepdims=False", "the variance"),
    _np("std", "a, axis=None, *, ddof=0, keepdims=False", "the standard deviation"),
    _np("ptp", "a, axis=None", "largest minus smallest"),
    _np("average", "a, axis=None, weights=None", "the weighted mean"),
    _np("quantile", "a, q, axis=None", "quantiles", size="outer of a and q"),
    _np("percentile", "a, q, axis=None", "percentiles", size="outer of a and q"),
    _np("cumsum", "a, axis=None", "running sums"),
    _np("cumprod", "a, axis=None", "running products"),
    _np("diff", "a, n=1, axis=-1", "differences of neighbours"),
    _np("corrcoef", "x, y=None", "correlation coefficients", size="rows squared"),
    _np("cov", "m, y=None", "covariances", size="rows squared"),
    _np("allclose", "a, b, rtol=1e-05, atol=1e-08", "all values close", size="broadcast",
        vacuous=True),
    _np("array_equal", "a1, a2", "same shape and values", vacuous=True),
    _np("array_equiv", "a1, a2", "same values once broadcast", size="broadcast", vacuous=True),
    _np("histogram", "a, bins=10, range=None", "counts and edges", size="bins"),
    _np("bincount", "x, weights=None, minlength=0", "how often 0, 1, 2, … occur",
        size="largest value"),
)  # fmt: skip

ORDER = (
    _np("sort", "a, axis=-1", "smallest first"),
    _np("argsort", "a, axis=-1", "the order that sorts"),
    _np(
        "unique",
        "ar, return_index=False, return_inverse=False, return_counts=False, axis=None",
        "each value once, smallest first",
    ),
    _np("searchsorted", "a, v", "where values would be put in"),
    _np("nonzero", "a", "where values are not 0", size="rank"),
    _np("argwhere", "a", "where values are not 0, one row each", size="rank"),
    _np("flatnonzero", "a", "where values are not 0, flattened"),
    _np("isin", "element, test_elements", "which values are among others"),
    _np("intersect1d", "ar1, ar2", "values of both"),
    _np("union1d", "ar1, ar2", "values of either"),
    _np("setdiff1d", "ar1, ar2", "values of the first only"),
    _np("unravel_index", "indices, shape", "flat index to row and column", size="rank of shape"),
    _np(
        "ravel_multi_index",
        "multi_index, dims",
        "row and column to flat index",
        size="broadcast items",
    ),
    _np("take", "a, indices, axis=None", "values at indices", size="take"),
    _np(
        "take_along_axis", "arr, indices, axis", "values at indices along an axis", size="broadcast"
    ),
)

SHAPING = (
    _np("array", "object, dtype=None", "an array of a list's values"),
    _np("asarray", "a, dtype=None", "an array of a list's values"),
    _np("copy", "a", "the same values in an array of its own"),
    _np("reshape", "a, shape", "the same values in another shape"),
    _np("ravel", "a", "one vector"),
    _np("transpose", "a, axes=None", "axes in another order"),
    _np("swapaxes", "a, axis1, axis2", "two axes change places"),
    _np("moveaxis", "a, source, destination", "an axis goes elsewhere"),
    _np("squeeze", "a, axis=None", "without axes of length 1"),
    _np("expand_dims", "a, axis", "with an axis of length 1"),
    _np("shape", "a", "the lengths of the axes"),
    _np("ndim", "a", "how many axes"),
    _np("size", "a, axis=None", "how many values"),
    _np("flip", "m, axis=None", "in reverse"),
    _np("fliplr", "m", "columns in reverse"),
    _np("flipud", "m", "rows in reverse"),
    _np("rot90", "m, k=1, axes=(0, 1)", "turned by quarter turns"),
    _np("roll", "a, shift, axis=None", "shifted round the edge"),
    _np(
        "pad",
        "array, pad_width, mode='constant', constant_values=0",
        "with a border",
        size="pad",
        text=("mode",),
        words=(
            "constant",
            "edge",
            "linear_ramp",
            "maximum",
            "mean",
            "median",
            "minimum",
            "reflect",
            "symmetric",
            "wrap",
        ),  # "empty" would show what memory held before
    ),
    _np("tile", "A, reps", "repeated as a whole", size="tile"),
    _np("repeat", "a, repeats, axis=None", "each value repeated", size="repeat"),
    _np("stack", "arrays, axis=0", "arrays on a new axis"),
    _np("concatenate", "arrays, axis=0", "arrays one after another"),
    _np("vstack", "tup", "arrays below each other"),
    _np("hstack", "tup", "arrays beside each other"),
    _np("dstack", "tup", "arrays behind each other"),
    _np("column_stack", "tup", "vectors as columns"),
    _np("split", "ary, indices_or_sections, axis=0", "in pieces", size="sections"),
    _np(
        "array_split", "ary, indices_or_sections, axis=0", "in nearly equal pieces", size="sections"
    ),
    _np("broadcast_to", "array, shape", "repeated without a copy", size="shape"),
    _np("atleast_1d", "ary", "with one axis or more"),
    _np("atleast_2d", "ary", "with two axes or more"),
    _np("diag", "v, k=0", "a matrix's diagonal, or a matrix of one", size="diag"),
    _np("diagonal", "a, offset=0, axis1=0, axis2=1", "a matrix's diagonal"),
    _np("tril", "m, k=0", "lower triangle", size="triangle"),
    _np("triu", "m, k=0", "upper triangle", size="triangle"),
    _np("append", "arr, values, axis=None", "with values at the end"),
    _np("delete", "arr, obj, axis=None", "without some values"),
    _np("insert", "arr, obj, values, axis=None", "with values put in", size="insert"),
)

MAKING = (
    _np("zeros", "shape, dtype=float", "an array of zeros", size="shape"),
    _np("ones", "shape, dtype=float", "an array of ones", size="shape"),
    _np("full", "shape, fill_value, dtype=None", "an array of one value", size="shape"),
    _np("zeros_like", "a, dtype=None", "zeros in the same shape"),
    _np("ones_like", "a, dtype=None", "ones in the same shape"),
    _np("full_like", "a, fill_value, dtype=None", "one value in the same shape"),
    _np("eye", "N, M=None, k=0, dtype=float", "ones on the diagonal", size="eye"),
    _np("identity", "n, dtype=float", "ones on the diagonal", size="eye"),
    _np("arange", "start, stop=None, step=None, dtype=None", "evenly stepped", size="arange"),
    _np("linspace", "start, stop, num=50, endpoint=True", "evenly spaced", size="linspace"),
    _np("logspace", "start, stop, num=50, endpoint=True, base=10.0", "powers", size="linspace"),
    _np("geomspace", "start, stop, num=50, endpoint=True", "by a factor", size="linspace"),
    _np("indices", "dimensions", "row and column numbers", size="indices"),
    _np("meshgrid", "*xi, indexing='xy'", "coordinates as grids", size="meshgrid",
        text=("indexing",), words=("xy", "ij")),
    _np("tri", "N, M=None, k=0, dtype=float", "ones below the diagonal", size="eye"),
    _np("hanning", "M", "a window that fades", size="length"),
    _np("hamming", "M", "a window that fades", size="length"),
    _np("bartlett", "M", "a triangular window", size="length"),
)  # fmt: skip

ALGEBRA = (
    _np("dot", "a, b", "sum of products", size="dot"),
    _np("matmul", "x1, x2", "matrix product", size="matmul"),
    _np("vdot", "a, b", "sum of products of all values"),
    _np("inner", "a, b", "products over the last axes", size="inner"),
    _np("outer", "a, b", "every product", size="outer"),
    _np("kron", "a, b", "Kronecker product", size="outer"),
    _np("tensordot", "a, b, axes=2", "products over axes", size="tensordot"),
    _np("einsum", "subscripts, *operands", "sums of products by letters", size="einsum",
        text=("subscripts",)),
    _np("cross", "a, b", "cross product", size="broadcast"),
    _np("trace", "a, offset=0", "sum of the diagonal"),
    _np("convolve", "a, v, mode='full'", "true convolution in one dimension", size="work",
        text=("mode",), words=MODES),
    _np("correlate", "a, v, mode='valid'", "correlation in one dimension", size="work",
        text=("mode",), words=MODES),
    _np("interp", "x, xp, fp", "values between points"),
    _np("polyval", "p, x", "a polynomial's values", size="polynomial"),
    _np("linalg.norm", "x, ord=None, axis=None, keepdims=False", "length of a vector",
        text=("ord",), words=("fro", "nuc")),
    _np("linalg.matrix_rank", "A", "rank"),
    _np("linalg.det", "a", "determinant"),
    _np("linalg.inv", "a", "inverse"),
    _np("linalg.pinv", "a", "pseudo-inverse"),
    _np("linalg.solve", "a, b", "x with a @ x = b", size="broadcast"),
    _np("linalg.lstsq", "a, b, rcond=None", "x with the smallest ‖a @ x − b‖",
        size="least squares"),
    _np("linalg.svd", "a, full_matrices=True, compute_uv=True", "singular values",
        size="singular"),
    _np("linalg.eigvals", "a", "eigenvalues"),
    _np("linalg.eigvalsh", "a", "eigenvalues of a symmetric matrix"),
    _np("linalg.qr", "a", "orthogonal and triangular factor"),
    _np("linalg.cond", "x", "condition number"),
    _np("linalg.matrix_power", "a, n", "a @ a @ …"),
)  # fmt: skip

FOURIER = (
    *(_np(f"fft.{name}", "a, n=None, axis=-1", "spectrum of a vector", size="fft")
      for name in ("fft", "ifft", "rfft", "irfft")),
    *(_np(f"fft.{name}", "a, s=None, axes=(-2, -1)", "spectrum of an image", size="fft")
      for name in ("fft2", "ifft2", "rfft2", "irfft2")),
    _np("fft.fftshift", "x, axes=None", "frequency 0 to the middle"),
    _np("fft.ifftshift", "x, axes=None", "frequency 0 to the front"),
    _np("fft.fftfreq", "n, d=1.0", "the frequencies", size="length"),
)  # fmt: skip

DTYPES = tuple(
    _np(name, "x", "a number or array in this dtype, or dtype=np." + name)
    for name in (
        "bool_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "float32", "float64", "complex128",
    )
)  # fmt: skip

NUMPY = (
    *VALUE_BY_VALUE, *SUMMARIES, *ORDER, *SHAPING, *MAKING, *ALGEBRA, *FOURIER, *DTYPES,
)  # fmt: skip
