"""What keeps a deck's names away from Python, and NumPy out of the parent process."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import quizcnn
from quizcnn.check.limits import RefusedError
from quizcnn.check.syntax import read_program

ROOM = Path(quizcnn.__file__).parent / "check"
EVALUATOR = sorted(path for path in ROOM.glob("*.py") if path.name != "process.py")
FORBIDDEN = {
    "eval", "exec", "compile", "getattr", "setattr", "delattr", "__import__", "globals", "locals",
    "importlib", "import_module", "pickle", "marshal", "ctypes", "subprocess", "open", "input",
    "breakpoint", "methodcaller",
}  # fmt: skip


@pytest.mark.parametrize("path", EVALUATOR, ids=lambda path: path.name)
def test_nothing_that_runs_code_is_named(path: Path) -> None:
    """No file that sees a deck's source names exec, eval, getattr and their like."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            assert node.id not in FORBIDDEN, (path.name, node.lineno)
        elif isinstance(node, ast.Attribute) and node.attr in FORBIDDEN - {"input"}:  # a field
            allowed = path.name == "worker.py" and node.attr == "open"  # os.open of /dev/null
            assert allowed, (path.name, node.lineno)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                assert alias.name not in FORBIDDEN, (path.name, node.lineno)


NN = Path(quizcnn.__file__).parent / "nn"
"""The operations that checks call: on the evaluator's path as well."""


@pytest.mark.parametrize("path", sorted(NN.glob("*.py")), ids=lambda path: path.name)
def test_operations_run_no_code_and_get_no_attribute_by_a_name_from_outside(path: Path) -> None:
    """In nn nothing runs code, and getattr has a name that the source itself says."""
    fixed = {"layer.py": {"field.name", "name"}, "__init__.py": set()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            assert node.id not in FORBIDDEN - {"getattr", "globals"}, (path.name, node.lineno)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("getattr", "setattr"):
            said = isinstance(node.args[1], ast.Constant)
            known = ast.unparse(node.args[1]) in fixed.get(path.name, set())
            assert said or known, (path.name, node.lineno)


def test_attributes_are_got_for_known_types_only() -> None:
    """attrgetter is there once: for the fields of nn's own dataclasses."""
    found = [path.name for path in EVALUATOR if "attrgetter" in path.read_text(encoding="utf-8")]
    assert found == ["kinds.py"]


def test_files_stay_small() -> None:
    """Each file of this room has one subject and fewer than 300 lines."""
    for path in (*ROOM.glob("*.py"),):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 300, path.name


def test_the_parent_has_no_numpy() -> None:
    """Running checks, reading proofs, words and scripts need no NumPy in the calling process."""
    root = str(ROOM.parent.parent)
    code = f"""
import sys
sys.path.insert(0, {root!r})
from quizcnn.check.client import Worker
from quizcnn.check.job import Job
from quizcnn.check.script import script
from quizcnn.check.wording import inline
with Worker() as worker:
    [proof] = worker.run([Job("ramp(2, 2)")])
print(inline(proof.value), script("1", {{}})[:4])
print([name for name in sys.modules if name.partition(".")[0] in ("numpy", "textual", "rich")])
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines() == ["[0 1; 2 3] from", "[]"]


ESCAPES = [
    "().__class__.__bases__[0].__subclasses__()",
    "(lambda: 0).__globals__",
    "(lambda: 0).__code__",
    "relu.__globals__",
    "relu.entry",
    "relu.run",
    "relu.text",
    "(lambda: 0).evaluator",
    "(lambda: 0).scope",
    "np.array.__self__",
    "np.core",
    "np.lib",
    "np.ctypeslib",
    "np.load('x')",
    "np.save('x', 1)",
    "np.fromfile('x')",
    "np.memmap('x')",
    "np.seterr(all='raise')",
    "np.random.seed(0)",
    "np.vectorize(relu)",
    "np.frompyfunc(relu, 1, 1)",
    "np.apply_along_axis(relu, 0, ramp(2))",
    "np.ndarray((2,))",
    "np.dtype('O')",
    "np.linalg.lapack_lite",
    "np.fft.__file__",
    "ramp(2).ctypes",
    "ramp(2).data",
    "ramp(2).base",
    "ramp(2).flags",
    "ramp(2).dtype",
    "ramp(2).setflags(write=True)",
    "ramp(2).tobytes()",
    "ramp(2).dump('x')",
    "ramp(2).view()",
    "ramp(2).astype('O')",
    "ramp(2).sort()",
    "ramp(2).fill(1)",
    "ramp(2).resize(9)",
    "ramp(2).__array_interface__",
    "Conv2d.__init__",
    "Conv2d(1, 1, 3)._count('x')",
    "Conv2d(1, 1, 3).__class__",
    "Conv2d.mro()",
    "'{0.__class__}'.format(1)",
    "'%s' % relu",
    "'abc'.join([])",
    "(1).to_bytes(8)",
    "(1).real.__class__",
    "1 .__add__(2)",
    "type(1)",
    "vars()",
    "dir()",
    "object()",
    "super()",
    "id(1)",
    "hash(1)",
    "help()",
    "exit()",
    "quit()",
    "open('/etc/passwd')",
    "input()",
    "breakpoint()",
    "memoryview(b'')",
    "bytes(3)",
    "bytearray(3)",
    "str(1)",
    "repr(1)",
    "format(1)",
    "chr(1)",
    "compile('1', '', 'eval')",
    "__builtins__",
    "__name__",
    "__file__",
    "nn",
    "quizcnn",
    "os",
    "sys",
]


@pytest.mark.parametrize("code", ESCAPES)
def test_ways_out_are_closed(code: str, failure: object) -> None:
    """Each is refused, by its syntax or by its name, before or when it is reached."""
    found = failure(code)  # type: ignore[operator]
    assert found.kind == "refused" or "takes no text" in found.message, found


def test_the_same_source_is_read_once() -> None:
    """Variants share the tree, which nothing changes."""
    assert read_program("x = 1\nx") is read_program("x = 1\nx")
    with pytest.raises(RefusedError):
        read_program("import os")
