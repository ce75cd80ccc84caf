"""Where random numbers come from."""

from __future__ import annotations

import zlib

import numpy as np

from quizcnn.nn.arguments import whole


def generator(name: str, seed: int) -> np.random.Generator:
    """A fresh random generator for the function `name`, the same each time for the same `seed`.

    The name is mixed into the seed: `dropout(uniform(100))` would otherwise draw its mask from the
    very numbers that it is to mask.

    >>> bool(generator("normal", 0).random() == generator("normal", 0).random())
    True
    >>> bool(generator("normal", 0).random() == generator("dropout", 0).random())
    False
    """
    return np.random.default_rng((zlib.crc32(name.encode()), whole(name, "seed", seed, 0)))
