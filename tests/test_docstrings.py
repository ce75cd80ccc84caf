"""The examples in the docstrings run. Those of `nn` are in its own folder: they know its names."""

import doctest
import importlib
import pkgutil

import pytest

import quizcnn

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(quizcnn.__path__, "quizcnn.")
    if not module.name.startswith("quizcnn.nn.") and not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_come_out_as_written(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0, "see the captured output"
