"""The wheel, installed by itself where no checkout is near."""

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command and return what it printed; its stderr is in the message when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_the_wheel_holds_the_decks_and_verifies_them_outside_the_checkout(tmp_path):
    """Built, installed in a fresh environment and run elsewhere, quizcnn verifies its decks."""
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path]
    run(*build, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if sys.platform == "win32" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)

    listed = json.loads(run(programs / "quizcnn", "list", "--json", cwd=tmp_path))
    report = json.loads(run(programs / "quizcnn", "verify", "--json", cwd=tmp_path))

    assert len(listed) >= 110
    assert report["failed"] == 0
    assert report["confirmed"] == report["questions"] == len(listed)
