"""The examples in the docstrings run, given what `from quizcnn.nn import *` brings."""

import doctest
import importlib
import pkgutil

import pytest

import quizcnn.nn as room

MODULES = sorted(module.name for module in pkgutil.iter_modules(room.__path__, "quizcnn.nn."))


@pytest.mark.parametrize("name", ["quizcnn.nn", *MODULES])
def test_examples_come_out_as_written(name: str) -> None:
    module = importlib.import_module(name)
    names = {name: getattr(room, name) for name in room.__all__}
    result = doctest.testmod(module, extraglobs=names)
    assert result.failed == 0, "see the captured output"
