"""What a check may not say: each is refused at its line, with what to write instead."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from quizcnn.check.syntax import ALLOWED, INSTEAD

REFUSED = [
    ("import os", "import is not part of a check"),
    ("x = []\nx.append(3)\nlen(x)", "write values = values + [more]"),
    ("from os import path", "import is not part of a check"),
    ("def f(x):\n    return x", "write name = lambda x"),
    ("async def f(x):\n    return x", "write name = lambda x"),
    ("class A:\n    pass", "class is not part"),
    ("while True:\n    pass", "write for i in range(...)"),
    ("try:\n    x = 1\nexcept ValueError:\n    x = 2", "try is not part"),
    ("try:\n    x = 1\nexcept* ValueError:\n    x = 2", "try is not part"),
    ("raise ValueError", "write assert"),
    ("with x as y:\n    pass", "with is not part"),
    ("del x", "del is not part"),
    ("global x", "global is not part"),
    ("nonlocal x", "nonlocal is not part"),
    ("match 1:\n    case 1:\n        pass", "write if and elif"),
    ("x: int = 3", "write name = value"),
    ("x = (y := 3)", "`:=` is not part"),
    ("x = max(*[1, 2])", "`*` before a value"),
    ("a, *b = [1, 2]", "`*` before a value"),
    ("x = [*[1], 2]", "`*` before a value"),
    ("x = conv2d(**{})", "`**` before an argument"),
    ("x = f'{1}'", "f-strings"),
    ("x = {1: 2}", "use tuples, or several names"),
    ("x = {i: i for i in range(3)}", "write a list"),
    ("x = {1, 2}", "np.unique"),
    ("x = {i for i in range(3)}", "np.unique"),
    ("x = await y", "await is not part"),
    ("x = [i async for i in y]", "async is not part"),
    ("async for i in y:\n    pass", "async is not part"),
    ("async with i as y:\n    pass", "with is not part"),
    ("return 3", "its last line is its value"),
    ("x = (yield 3)", "yield is not part"),
    ("x = (yield from y)", "yield is not part"),
    ("for i in range(3):\n    pass\nelse:\n    pass", "else after for"),
    ("for x[0] in range(3):\n    pass", "after for stands a name"),
    ("x = [1 for y.z in range(3)]", "after for stands a name"),
    ("x = lambda *a: a", "takes plain names"),
    ("x = lambda *, a: a", "takes plain names"),
    ("x = lambda **a: a", "takes plain names"),
    ("x = lambda a, /: a", "takes plain names"),
    ("x = (1).__class__", "`.__class__` is not part"),
    ("x = ramp(3)._x", "`._x` is not part"),
    ("x = __import__", "`__import__` is not part"),
    ("__x = 3", "`__x` is not part"),
    ("x = lambda __a: 3", "`__a` is not part"),
    ("x = b'bytes'", "bytes is not part"),
    ("x.y = 3", "fields stay"),
    ("x.y += 3", "fields stay"),
    ("ramp(3)", "this line's value is lost"),
    ("'a comment'", "this line's value is lost"),
    ("np = 3", "`np` is NumPy"),
    ("seed = 3", "`seed` is given to every check"),
    ("x = lambda seed: 3", "`seed` is given to every check"),
    ("x = [1 for seed in range(3)]", "`seed` is given to every check"),
    ("x = np.save(1)", "`np.save` is not part of a check"),
    ("x = np.mena([1])", "did you mean `np.mean`?"),
    ("x = np.random.normal(3)", "`np.random.normal` is not part of a check"),
    ("x = np.linalg.linalg.norm", "is not part of a check"),
    ("x = conv2(3)", "did you mean `conv2d`?"),
    ("x = mean(3)", "did you mean `np.mean`?"),
    ("x = print(3)", "the last line of a check is its value"),
    ("x = eval('3')", "nothing here is called `eval`"),
    ("x = getattr(3, 'real')", "nothing here is called `getattr`"),
    ("x = open('f')", "nothing here is called `open`"),
    ("x = torch", "nothing here is called `torch`"),
    ("x = true", "write True"),
    ("x = undefined", "nothing here is called `undefined`"),
    ("x = '\ud800'", "not proper Unicode"),
    ("x = '\\ud800'", "not proper Unicode"),
    ("x = 1\0", "null character"),
    ("x = = 3", "this is not Python"),
    ("x = (3", "this is not Python"),
    ("x = 10 ** 5 if", "this is not Python"),
    ("break", "this is not Python"),
]


@pytest.mark.parametrize(("code", "says"), REFUSED)
def test_refused_with_advice(code: str, says: str, failure: Callable[..., Any]) -> None:
    """Nothing runs, the message says what to write instead."""
    found = failure(f"{code}\n1", {"y": 1})
    assert found.kind == "refused" or (code == "break" and found.kind == "refused"), found
    assert says in found.message or code == "break"


def test_a_layer_that_is_called_is_told_what_has_weights(failure: Callable[..., Any]) -> None:
    assert "conv2d(x, weight)" in failure("Conv2d(1, 1, 3)(ones(1, 3, 3))").message
    assert "conv2d" not in failure("x = 3\nx(2)").message


def test_every_syntax_that_python_has_is_allowed_or_refused() -> None:
    """A syntax that a new Python brings is refused until somebody decides."""
    contexts = {ast.Load, ast.Store, ast.Del, ast.expr_context}
    kinds = {
        kind
        for kind in vars(ast).values()
        if isinstance(kind, type)
        and issubclass(kind, ast.stmt | ast.expr)
        and kind.__module__ in ("ast", "_ast")
        and kind not in (ast.stmt, ast.expr)
        and kind.__name__ not in ("Num", "Str", "Bytes", "NameConstant", "Ellipsis")
    } - contexts
    known = ALLOWED | set(INSTEAD)
    assert {kind.__name__ for kind in kinds - known} <= {
        "TypeAlias",
        "TemplateStr",
        "Interpolation",
    }
    assert not ALLOWED & set(INSTEAD)


def test_the_place_is_told_in_characters(failure: Callable[..., Any]) -> None:
    """Line and column count from 1, and an umlaut is one character."""
    found = failure("x = 1\ny = 'äöü' + undefined\n1")
    assert (found.line, found.column) == (2, 13)
    found = failure("x = 'äöü' + (")
    assert (found.line, found.column) == (1, 13)


def test_no_value_at_the_end_is_told(failure: Callable[..., Any]) -> None:
    """A check needs a last expression, unless only its claims count."""
    assert "last line must be an expression" in failure("x = 3").message
    assert "nothing here to compute" in failure("  \n").message
    assert "last line must be an expression" in failure("# only a comment").message


def test_break_outside_of_a_loop(failure: Callable[..., Any]) -> None:
    """break and continue are for loops."""
    assert failure("if 1:\n    break\n1").kind == "refused"
    assert failure("continue\n1").kind == "refused"


RAISED = [
    ("ramp(3).foo", "an array has no `.foo` in a check"),
    ("ramp(3).shap", "did you mean `shape`?"),
    ("ramp(3).tofile('x')", "an array has no `.tofile()` in a check"),
    ("ramp(3).summ()", "did you mean `sum`?"),
    ("ramp(3).sum", "is called with brackets"),
    ("ramp(3).shape()", "write it without brackets"),
    ("(3).bit_length()", "3 has no `.bit_length()` in a check"),
    ("'abc'.upper()", 'the text "abc" has no `.upper()` in a check'),
    ("[1].append(2)", "write name += [value]"),
    ("[1].sort()", "write sorted(name)"),
    ("Conv2d(1, 1, 3).kernel", "did you mean `kernel_size`?"),
    ("Conv2d(1, 1, 3).kernel_size()", "write it without brackets"),
    ("3()", "3 cannot be called"),
    ("np", "`np` stands only before a dot"),
    ("np.pi()", "cannot be called"),
    ("...", "only between square brackets"),
    ("np.mean(...)", "only between square brackets"),
    ("x = zip([1], [2])\nx", "write list(zip(...))"),
    ("x = (i for i in [1])\nx", "write list("),
    ("[zip([1], [2])]", "write list(zip(...))"),
    ("np.array(i for i in [1])", "np.array takes a list here"),
    ("zip([1], [2])", "write list(zip(...))"),
    ("len(zip([1], [2]))", "has no length"),
    ("conv2d(ramp(3, 3), box(2), strides=2)", "did you mean `stride`?"),
    ("conv2d(ramp(3, 3))", "conv2d is missing `weight`: conv2d(x, weight, bias=None"),
    ("relu(1, 2)", "relu takes 1 argument by position, here are 2"),
    ("lenet5(1)", "lenet5 takes no arguments by position"),
    ("relu(1, x=2)", "relu is given `x` twice"),
    ("np.mean([1], out=ramp(1))", "np.mean has no argument `out`"),
    ("np.mean('abc')", "np.mean takes no text as `a`"),
    ("np.array(['a', 'b'])", "takes no text"),
    ("np.zeros(3, dtype='object')", "takes no text as `dtype`"),
    ("np.zeros(3, dtype=len)", "len is no dtype"),
    ("np.mean(len)", "takes no function"),
    ("np.mean([len])", "takes no function"),
    ("np.mean(Conv2d(1, 1, 3))", "np.mean takes numbers, not a Conv2d"),
    ("np.array([2 ** 64])", "NumPy's integers have 64 bits"),
    ("np.array([[1], [1, 2]])", "inhomogeneous"),
    ("ramp(3) + 2 ** 64", "NumPy's integers have 64 bits"),
    ("ramp(3) + 'a'", '`+` does not go with an array of shape (3,) and the text "a"'),
    ("relu + 1", "`+` does not go with the function relu and 1"),
    ("1 + None", "`+` does not go with 1 and None"),
    ("-'a'", "`-` does not go with"),
    ("'%d' % 3", "formatting text is not part of a check"),
    ("Conv2d(1, 1, 3) < 3", "`<` does not go with a Conv2d"),
    ("3 is 3", "write =="),
    ("3 in 3", "`in` looks into"),
    ("ramp(3) == 'a'", "`==` does not go with"),
    ("1 if ramp(3) else 2", "an array of shape (3,) is neither true nor false: put np.all"),
    ("1 if relu else 2", "neither true nor false"),
    ("not Conv2d(1, 1, 3)", "neither true nor false"),
    ("for i in 3:\n    pass\n1", "3 has no items"),
    ("a, b = 1, 2, 3\n1", "3 values cannot go into 2 names"),
    ("a, b = 3\n1", "3 has no items"),
    ("[1, 2][5]", "list index out of range"),
    ("[1, 2]['a']", "a place in a list is a whole number"),
    ("ramp(3)['a']", "a place in an array is a whole number"),
    ("ramp(3)['a':]", "a slice's bounds are whole numbers"),
    ("3[0]", "3 has no places to pick from"),
    ("x = (1, 2)\nx[0] = 3\nx", "a tuple of 2 has no places to write to"),
    ("x = [1, 2]\nx[0:1] = [3]\nx", "a list's slice cannot be replaced"),
    ("x = [1]\nx[0] = x\nx", "a list cannot hold itself"),
    ("x = [1]\nx += [(x, 1)]\nx", "a list cannot hold itself"),
    ("x = [1]\nd = Dataset(x, x)\nx[0] = d\nx", "a list cannot hold itself"),
    ("x = ramp(3)\nx[0] = 'a'\nx", "an array holds numbers"),
    ("x = ramp(3)\nx[0] = [relu]\nx", "an array is made of numbers"),
    ("x = bars(3).labels\nx[0] = 5\nx", "write np.copy(...) of it first"),
    ("x = np.array([1, 2])\nx += 0.5\nx", "Cannot cast"),
    ("y = x\nx = 3\ny", "`x` has no value here yet"),
    ("if 0:\n    y = 3\ny", "`y` has no value here yet"),
    ("(lambda a: a)(1, 2)", "takes 1 arguments, here are 2"),
    ("(lambda a: a)()", "takes 1 arguments, here are 0"),
    ("(lambda a: a)(b=1)", "takes 1 arguments"),
    ("1 / 0", "division by zero"),
    ("assert 1 > 2\n3", "this does not hold: 1 > 2"),
    ("assert 1 > 2, 'too small'\n3", "this does not hold: too small"),
    ("ramp(3, 4) @ ramp(3, 4)", "mismatch"),
    ("conv2d(ramp(2, 2), ones(3, 3))", "does not fit"),
    ("int('3')", "int takes no text"),
    ("float('nan')", "float takes no text"),
    ("range(2.5)", "range takes whole numbers, not 2.5"),
    ("min([])", "min was given nothing to choose from"),
    ("reversed(3)", "cannot be gone through"),
    ("complex(1, 2)", "take np.real"),
    ("layers_of(vgg16(), max_pool2d)", "takes a kind of layer as `kind`, such as Conv2d"),
    ("all([])", "which proves nothing"),
    ("any([])", "which proves nothing"),
    ("all(x > 2 for x in [])", "which proves nothing"),
    ("np.all([])", "which proves nothing"),
    ("(ramp(3)[5:] > 2).all()", "which proves nothing"),
    ("np.allclose([], 1)", "which proves nothing"),
    ("np.allclose(1, [])", "which proves nothing"),
    ("allclose(ramp(3)[5:], ramp(3)[5:])", "which proves nothing"),
    ("equal(ramp(3)[5:], ramp(3)[5:])", "which proves nothing"),
    ("np.array_equal([], [])", "which proves nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "says"), RAISED)
def test_mistakes_are_told_in_plain_words(
    code: str, says: str, failure: Callable[..., Any]
) -> None:
    """A mistake stops the check at its line, in words for the deck's author."""
    found = failure(code)
    assert found.kind in ("raised", "refused")
    assert says in found.message, found.message
    assert found.line is not None
    assert found.column is not None
    assert "Traceback" not in found.message
