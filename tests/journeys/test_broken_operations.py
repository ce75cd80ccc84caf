"""An operation of `nn` broken on purpose: the decks notice, and say where and what came out."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

BROKEN = {
    "the smallest for the largest": (
        "pooling.py",
        '"max_pool2d", np.maximum, x, 2,',
        '"max_pool2d", np.minimum, x, 2,',
        "dropout.yaml",
    ),
    "one off in the stride": (
        "windows.py",
        "(n + before + after - d * (k - 1) - 1) // s + 1\n",
        "(n + before + after - d * (k - 1) - 1) // (s + 1) + 1\n",
        "networks.yaml",
    ),
    "an average over one value too many": (
        "pooled.py",
        "sums /= divisor",
        "sums /= divisor + 1",
        "pooling.yaml",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BROKEN)
def test_verify_notices_a_broken_operation(name, tmp_path):
    """With one line of `nn` changed, verify fails, names questions and shows what they compute."""
    file, line, broken, deck = BROKEN[name]
    shutil.copytree(ROOT / "quizcnn", tmp_path / "quizcnn")
    module = tmp_path / "quizcnn" / "nn" / file
    source = module.read_text(encoding="utf-8")
    assert source.count(line) == 1
    module.write_text(source.replace(line, broken), encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "quizcnn", "verify", "--json", ROOT / "questions" / deck],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 1, done.stderr
    failing = [result for result in json.loads(done.stdout)["results"] if not result["ok"]]
    assert failing
    assert all(result["id"] in problem for result in failing for problem in result["problems"])
    assert any(
        "but the check computes" in problem for one in failing for problem in one["problems"]
    )
