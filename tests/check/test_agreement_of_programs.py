"""Whole programs of the language, made up by hypothesis: plain Python finds the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BEGIN = """\
n, m = 2, 3
x = ramp(3, 3)
y = np.array([[1, -2, 0], [3, 1, 1], [0, 2, -1]])
v = [1, 2, 3]
w = [2, 5]
f = lambda a, b=2: a * b
g = relu
"""
END = "n, m, x, y, v, w, f(3), g(x), x.sum(), seed"

PIECES = {
    "INT": """
        n | m | n | m | (-3) | 4 | 7 | (INT + INT) | (INT - INT) | (INT * INT) | (INT & INT)
        (INT or INT) | (INT == INT) | (INT % 7 // 2) | (INT if TRUTH else INT) | LIST[0] | LIST[-1]
        len(LIST) | sum(abs(i) for i in LIST) | max(LIST, key=lambda i: -i) | min(INT, INT, 4)
        f(INT) | f(INT, b=INT) | (lambda a, b: b - a)(INT, INT) | divmod(INT, 5)[1] | (INT % 9) ** 2
        int(np.sum(ARRAY)) | round(INT / 3) | abs(INT) | int(ARRAY[1, 2]) | LIST[1:][0]
    """,
    "TRUTH": """
        INT < INT | INT == INT | INT != INT | 0 < INT < 5 | not INT | INT in (1, 2, 3) | INT in LIST
        all(i > INT for i in (1, 2)) | any(i == INT for i in LIST) | (ARRAY > INT).any() | n is None
        LIST == LIST | TRUTH and TRUTH | TRUTH or INT > 2 | bool(np.all(ARRAY == ARRAY.T))
    """,
    "LIST": """
        v | w | v | [INT, INT] | [i + INT for i in range(3)] | (v + w) | sorted(v) | v[::-1]
        [i * j for i in range(3) if i != 1 for j in (1, INT)] | [i for i, j in zip(LIST, [1, 2])]
        [i * j for i, j in enumerate(LIST)] | list(reversed(LIST)) | list(range(2, 5)) | [INT] * 2
        sorted(LIST, key=lambda i: i % 3) | ARRAY[0].tolist()
    """,
    "ARRAY": """
        x | y | x | y | ones(3, 3) | eye(3) | (ARRAY + ARRAY) | (ARRAY * ARRAY) | (ARRAY @ ARRAY)
        (ARRAY > ARRAY) * 1 | (ARRAY + INT) | (ARRAY * INT) | (ARRAY <= INT) * 2 | -ARRAY | g(ARRAY)
        conv2d(ARRAY, ARRAY, padding=1) | max_pool2d(ARRAY, 3, stride=1, padding=1) | ARRAY.T
        upsample(ARRAY[:1, :1], 3) | np.where(ARRAY > INT, ARRAY, 0) | np.roll(ARRAY, INT, axis=0)
        np.pad(ARRAY[1:, :2], ((1, 0), (0, 1))) | np.array([[INT, INT, i] for i in range(3)])
        grad(lambda z: relu(z - 2) * 3, ARRAY * 1.0) | dropout(ARRAY * 1.0, seed=seed + 1)
        ARRAY[[2, 0, 1]] | np.outer(ARRAY.sum(axis=0), [1, 0, 2]) | np.sort(ARRAY, axis=1)
        ARRAY.reshape(9)[::-1].reshape(3, 3) | np.clip(ARRAY, INT, 9) | ARRAY.copy()
        np.cumsum(ARRAY, axis=0) | np.einsum('ij,kj->ik', ARRAY, ARRAY) | np.maximum(ARRAY, INT)
    """,
    "LINE": """
        n = INT | m = INT | n += INT | m -= INT | n *= INT | n, m = INT, INT | x = ARRAY | y = ARRAY
        x = ARRAY * 1.0 | x += INT | y = y - ARRAY | x[0] = INT | x[1, 2] = INT | x[:, 0] = INT
        x[::2] = ARRAY[0] | x[..., 1] = INT | x[[0, 2]] = INT | x[ARRAY > 1] = INT
        x[0] += ARRAY[1] | v = LIST | w = LIST | v += LIST | v[0] = INT | v[-1] += INT
        f = lambda a, b=INT: a + b * INT
        f = lambda a, b=1: a - b if a > INT else f(a + 9) if a < -99 else b | g = relu | g = np.abs
        g = lambda z: z[::-1] | g = softmax | assert TRUTH or True | pass | m = n = INT
        a = x¶a[0, 0] = INT | a = v¶a += [INT] | a, (b, c) = INT, (INT, 2)¶n = a + b - c
    """,
    "BLOCK": """
        if TRUTH:¶»LINE¶else:¶»LINE | if TRUTH:¶»LINE¶»LINE¶elif TRUTH:¶»LINE
        for i in range(3):¶»LINE¶»n += i | for i, j in enumerate(LIST[:3]):¶»m += i * j¶»LINE
        for row in ARRAY:¶»n += int(row[0] > 0)¶»LINE | for i in LIST[:2]:¶»LINE
        for i in (1, 2, 3):¶»if TRUTH:¶»»continue¶»LINE¶»if n > 9:¶»»break
        for i in range(2):¶»for j in range(i + 1):¶»»LINE¶»»v += [i - j] | LINE | LINE
    """,
}
"""What each kind of piece may be, separated by | or a new line; ¶ is a new line, » an indent."""

CHOICES = {
    kind: [choice.strip() for choice in re.split(r" \| |\n", text) if choice.strip()]
    for kind, text in PIECES.items()
}
KINDS = re.compile(f"(»*)({'|'.join(CHOICES)})")
SIMPLE = {kind: CHOICES[kind][:2] for kind in ("INT", "LIST", "ARRAY")} | {"TRUTH": ["n < m"]}
DEPTH = 4


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program of a few statements, made by filling in pieces."""

    def written(kind: str, depth: int) -> str:
        simple = depth <= 0 and kind in SIMPLE
        choice = draw(st.sampled_from(SIMPLE[kind] if simple else CHOICES[kind]))
        return KINDS.sub(lambda found: indented(found[1], written(found[2], depth - 1)), choice)

    def indented(indent: str, text: str) -> str:
        return indent + text.replace("¶", f"¶{indent}")

    count = draw(st.integers(1, 5))
    blocks = [written("BLOCK", DEPTH) for _ in range(count)]
    body = "\n".join(blocks).replace("¶", "\n").replace("»", "    ")
    return f"{BEGIN}{body}\n{END}"


def test_programs_agree_with_plain_python(
    run: Callable[..., Any],
    run_plainly: Callable[..., Any],
    agrees: Callable[[Any, Any], bool],
) -> None:
    """Loops, branches, writes, lambdas, comprehensions and operations, one upon the other.

    Only beside an integer of more than 64 bits does NumPy go on with objects, and the language not.
    """
    computed: list[bool] = []

    @settings(
        max_examples=250,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )
    @given(programs())
    def holds(code: str) -> None:
        proof = run(code)
        computed.append(proof.failure is None)
        if proof.failure is None:
            assert agrees(proof.value, run_plainly(code)), code
        elif proof.failure.kind == "raised" and "64 bits" not in proof.failure.message:
            _complains_too(code, run_plainly)

    holds()
    assert sum(computed) > len(computed) // 2, "hardly a program was computed"


def _complains_too(code: str, run_plainly: Callable[..., Any]) -> None:
    """What an operation complains of inside the language, it complains of outside as well."""
    try:
        value = run_plainly(code)
    except (ValueError, TypeError, LookupError, NameError, ArithmeticError, RecursionError):
        return
    raise AssertionError(f"plain Python computes this: {code}\n{value}")
