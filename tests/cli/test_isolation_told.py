"""`quizcnn verify` says how isolated the checks ran, to people only."""

import json

import pytest

from quizcnn.check.client import Worker
from quizcnn.check.isolation.report import Isolation
from quizcnn.cli.main import main


@pytest.mark.parametrize(
    "walls", [Isolation(("Landlock 7", "limits"), ()), Isolation(("limits",), ("no seccomp",))]
)
def test_verify_tells_the_walls_round_its_checks(folder, capsys, monkeypatch, walls):
    """One line at the end, full or partial; reports for machines stay as they are."""
    monkeypatch.setattr(Worker, "isolation", walls)
    assert main(["verify", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Checks ran {walls}."
    assert main(["verify", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_the_walls_are_those_of_the_worker(folder, capsys):
    """What the worker said when it started is what is told."""
    assert main(["verify", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.startswith(("Checks ran fully isolated (", "Checks ran partly isolated ("))
