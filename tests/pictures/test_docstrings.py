"""The examples in the docstrings run."""

import doctest
import importlib
import pkgutil

import pytest

import quizcnn.pictures as room

PREFIX = "quizcnn.pictures."
MODULES = sorted(module.name for module in pkgutil.walk_packages(room.__path__, PREFIX))


@pytest.mark.parametrize("name", MODULES)
def test_examples_come_out_as_written(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0, "see the captured output"
