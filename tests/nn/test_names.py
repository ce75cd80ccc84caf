"""What `from quizcnn.nn import *` brings."""

import importlib
import inspect
import pkgutil

import numpy as np

import quizcnn.nn as room


def public_names():
    """The `__all__` of every module of the room (the loops, which have none, are for readers)."""
    for module in pkgutil.iter_modules(room.__path__):
        loaded = importlib.import_module(f"{room.__name__}.{module.name}")
        for name in getattr(loaded, "__all__", ()):
            yield name, getattr(loaded, name)


def test_every_public_name_of_every_module_is_there():
    found = dict(public_names())
    assert set(room.__all__) == {*found, "np"}
    assert all(getattr(room, name) is value for name, value in found.items())


def test_no_name_is_public_twice():
    names = [name for name, _ in public_names()]
    assert len(names) == len(set(names))


def test_numpy_comes_along():
    assert room.np is np


def test_the_seeded_functions_are_those_with_a_seed():
    assert {"normal", "uniform", "integers", "dropout"} <= room.SEEDED
    for name in room.__all__:
        thing = getattr(room, name)
        if inspect.isfunction(thing):
            assert ("seed" in inspect.signature(thing).parameters) == (name in room.SEEDED)
    assert "conv2d" not in room.SEEDED


def test_every_seeded_function_starts_at_seed_0():
    for name in room.SEEDED:
        assert inspect.signature(getattr(room, name)).parameters["seed"].default == 0


def test_every_function_and_class_says_what_it_does():
    for name in room.__all__:
        thing = getattr(room, name)
        if name != "np":
            assert inspect.getdoc(thing), name
