"""A check is real Python: the evaluator finds what plain Python finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

CHECKS = [
    "1 + 2 * 3 - 4 / 5 // 6 % 7 ** 2",
    "2 ** 500 - 1",
    "(-7) // 2, (-7) % 3, divmod(-7, 2), pow(3, 100, 7), pow(2, -1)",
    "1 << 40 | 5 & 3 ^ 8, ~5, 256 >> 3",
    "True + True, not 3, -True, 3 if 0 else 4",
    "(-8) ** 0.5 == 0 or 1.5",
    "0 or 3 and 4, 1 or 0, 0 and 1",
    "1 < 2 < 3, 1 < 2 > 5, 3 == 3.0, 'a' < 'b', 'a' != 'b'",
    "2 in (1, 2), 5 not in range(3), 'b' in 'abc', None is None, 2 in np.arange(3)",
    "x, (y, z) = 1, (2, 3)\n[a, b] = [4, 5]\nx, y, z, a, b",
    "a = b = 3\na += b\na -= 1\na *= 2\na",
    "s = 0\nfor i in range(10):\n    if i == 3:\n        continue\n    if i == 6:\n"
    "        break\n    s += i\nelse_ = s\nelse_, i",
    "s = []\nfor a, (b, c) in zip([1, 2], [(3, 4), (5, 6)]):\n    s += [a + b * c]\ns",
    "t = 0\nif t:\n    r = 1\nelif not t:\n    r = 2\nelse:\n    r = 3\nr",
    "[i * j for i in range(4) if i % 2 for j in range(i)]",
    "sum(x * x for x in range(5)), any(x > 3 for x in (1, 5)), all(x for x in [1, 0])",
    "x = 5\n[x for x in range(3)], x",
    "f = [lambda: i for i in range(3)]\nf[0]()",
    "f = lambda x, y=2: x * y\nf(3), f(3, 4), f(y=5, x=6)",
    "k = 2\nf = lambda x: x * k\nk = 3\nf(4)",
    "list(enumerate('ab', 1)), list(reversed([1, 2])), sorted([3, 1, 2], reverse=True)",
    "sorted(['bb', 'a'], key=len), min(3, 1, 2), max([4, 5], key=lambda v: -v), max([], default=7)",
    "list(range(5))[1:4:2], (1, 2, 3)[-1], 'abc'[::-1], [1] * 3 + [2], (1,) + (2,), 'a' + 'b' * 3",
    "a = [1, 2]\nb = a\nb[0] = 5\nb += [6]\na",
    "int(3.9), int(-3.9), float(2), bool([]), round(2.5), round(2.675, 2), abs(-3)",
    "complex(1, 2).imag, (3).real",
    "len('abc'), len([1]), len(ramp(3, 4)), list(zip('ab', range(5)))",
    "x = ramp(3, 4)\nx[1, 2] = 9\nx[0] += 1\nx[:, 0] = [7, 8, 9]\nx",
    "x = ramp(3, 4)\ny = x[1]\ny[0] = 100\nx",
    "x = ramp(4)\ny = x\ny += 1\nx",
    "x = ramp(4)\ny = x\ny = y + 1\nx",
    "x = ramp(2, 3, 4)\nx[0, 1:, ::2], x[..., 0], x[:, None].shape, x[-1][-1]",
    "x = ramp(3, 3)\nx[x > 4], x[[0, 2]], x[[0, 1], [1, 2]], x[np.array([True, False, True])]",
    "x = np.array([3, 1, 2])\nx[np.argsort(x)], x.tolist(), x.max().item(), x.dtype_ if 0 else 1",
    "x = ramp(2, 3)\nx.shape, x.size, x.ndim, x.T, x.sum(axis=0), x.mean(), x.reshape(3, -1)",
    "x = ramp(2, 3)\nx.reshape((3, 2)), x.transpose(1, 0), x.astype(int), x.flatten().argmax()",
    "x = np.array([[1, 2], [3, 4]])\nx @ x, x * 2, 2 ** x, x / 2, x // 2, x % 2, -x, ~x, x == x.T",
    "np.array([1, 2], dtype=float), np.zeros((2, 2), dtype=int), np.ones(3, dtype=np.float32) / 3",
    "np.array([200], dtype=np.uint8) + np.array([100], dtype=np.uint8)",
    "np.float64(0) / 0, np.array([1.0, -1.0]) / 0, np.sqrt(np.array([-1.0]))",
    "np.pi, np.inf, np.e, np.newaxis is None, np.nan",
    "np.linalg.norm([3.0, 4.0]), np.linalg.matrix_rank(ramp(3, 3)), np.linalg.svd(ramp(2, 2))[1]",
    "np.linalg.lstsq(ramp(3, 2), np.array([1.0, 2.0, 3.0]))[0]",
    "np.abs(np.fft.fft2(ramp(4, 4))), np.real(np.fft.ifft2(np.fft.fft2(ramp(2, 2))))",
    "np.einsum('ij,jk->ik', ramp(2, 3), ramp(3, 2)), np.tensordot(ramp(2, 3), ramp(3, 2), axes=1)",
    "np.pad(ramp(2, 2), 1), np.pad(ramp(2, 2), ((0, 1), (2, 0)), mode='edge'), np.tile([1, 2], 2)",
    "np.repeat([1, 2], 3), np.outer([1, 2], [3, 4]), np.kron(np.eye(2), ramp(2, 2))",
    "np.stack([ramp(2), ones(2)]), np.concatenate([[1], [2, 3]]), np.where(ramp(3) > 1, 1, 0)",
    "np.unique([3, 1, 3]), np.unique([3, 1, 3], return_counts=True), np.clip(ramp(4), 1, 2)",
    "np.convolve([1, 2, 3], [1, 1]), np.correlate([1, 2, 3], [0, 1]), np.diff([1, 4])",
    "np.cumsum([1, 2]), np.cumprod([2, 3]), np.trace(ramp(2, 2)), np.roll([1, 2, 3], 1)",
    "np.all(ramp(2) >= 0), np.any(ramp(2) > 5), np.allclose(0.1 + 0.2, 0.3)",
    "(ramp(2, 2) > 1).all(), bool((ramp(2, 2) > 1).any()), (ramp(2, 2) > 1).sum()",
    "conv2d(ramp(8, 8), ones(3, 3)).shape, conv2d(ramp(5, 5), box(3), stride=2, padding=1)",
    "x = normal(4, 4)\ny = grad(max_pool2d, x, 2)\ncount_nonzero(y), equal(x, x), allclose(x, y)",
    "x = ramp(3, 3)\ngrad(lambda z: relu(z - 4) * 2, x)",
    "influence(avg_pool2d, ramp(4, 4), 2).sum(axis=1), seen([Conv2d(1, 1, 3)], ramp(9, 9))",
    "parameters(lenet5()), len(layers_of(vgg16(), Conv2d)), output_shape(lenet5(), (1, 32, 32))",
    "net = [Conv2d(1, 6, 5), ReLU()]\nnet[0], net[0].kernel_size, net[1] == ReLU()",
    "[layer for layer in lenet5() if parameters(layer) == 0][0]",
    "parameters(vgg16(), only=Conv2d) / parameters(vgg16())",
    "e = experiment(bars, pool='global', examples=40)\ne.train, e.test > 0.9, e",
    "d = bars(4)\nd.images.shape, d.labels",
    "fit = least_squares(ramp(4, 2), ramp(4))\nfit.rank, round(fit.residual, 9)",
    "pools = [max_pool2d, avg_pool2d, min_pool2d]\n[pool(ramp(2, 2), 2).item() for pool in pools]",
    "dropout(ones(4, 4), p=0.5).sum() == dropout(ones(4, 4), p=0.5, seed=seed).sum()",
    "pool == max_pool2d, pool != avg_pool2d",
]  # fmt: skip


@pytest.mark.parametrize("code", CHECKS)
def test_evaluator_and_plain_python_agree(
    code: str,
    run: Callable[..., Any],
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    """The same source gives the same value, of the same type, shape and dtype."""
    names = {"pool": "max_pool2d"}
    proof = run(code, names)
    raw = run_plainly(code, names)
    assert proof.failure is None
    assert agrees(proof.value, raw), (proof.value, raw)


numbers = st.one_of(
    st.integers(-40, 40).map(str),
    st.sampled_from(["0.5", "-1.25", "3.0", "True", "np.pi"]),
)
vectors = st.lists(st.integers(-9, 9), min_size=2, max_size=2).map(
    lambda items: f"np.array({items})"
)
matrices = st.lists(st.integers(-9, 9), min_size=4, max_size=4).map(
    lambda items: f"np.array({items}, dtype=float).reshape(2, 2)"
)
leaves = st.one_of(numbers, vectors, matrices, st.sampled_from(["a", "b", "ramp(2, 2)"]))


def _grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = [
        "+",
        "-",
        "*",
        "/",
        "//",
        "%",
        "==",
        "<",
        ">=",
        "!=",
        "&",
        "|",
        "^",
        "@",
        "<<",
        ">>",
    ]
    return st.one_of(
        st.tuples(inner, st.sampled_from(operators), inner).map(lambda t: f"({' '.join(t)})"),
        st.tuples(st.sampled_from(["-", "~", "+", "not "]), inner).map(lambda t: f"({''.join(t)})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} if {t[1]} else {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"({t[0]}, {t[1]})"),
        st.tuples(inner, st.sampled_from(["[0]", "[-1]", "[:1]", "[::-1]", ".T", ".sum()"])).map(
            "".join
        ),
        st.tuples(st.sampled_from(["abs", "sum", "len", "relu", "np.max", "list"]), inner).map(
            lambda t: f"{t[0]}({t[1]})"
        ),
        inner.map(lambda text: f"[z for z in {text}]"),
        inner.map(lambda text: f"(lambda z: z + {text})(1)"),
    )


expressions = st.recursive(leaves, _grow, max_leaves=8)


@given(first=expressions, second=expressions, last=expressions)
@settings(max_examples=120)
def test_programs_agree_with_plain_python(
    first: str,
    second: str,
    last: str,
    run: Callable[..., Any],
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    """Whatever the evaluator computes is what Python computes; it only ever refuses more."""
    code = f"b = {second}\nb += {first}\n{last}"
    names = {"a": first, "b": 2}
    proof = run(code, names)
    if proof.failure is not None:
        assert proof.failure.kind in ("raised", "refused", "limit")
        assert proof.failure.message
        return
    assert agrees(proof.value, run_plainly(code, names))
