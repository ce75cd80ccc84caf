"""The commands keep decks apart: no process computes for two of them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from quizcnn.check import client
from quizcnn.cli.main import main


@pytest.mark.parametrize("command", [["verify"], ["practice", "--plain"]])
def test_every_worker_keeps_decks_apart(
    command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever runs the decks' checks for a person was told to."""
    made: list[bool] = []

    class Watched(client.Worker):
        def __init__(self, **options: Any) -> None:
            made.append(options.get("apart", False))
            super().__init__(**options)

    monkeypatch.setattr(client, "Worker", Watched)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    main([*command, str(folder)])
    assert made
    assert all(made)
