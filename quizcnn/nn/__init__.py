"""What a convolutional neural network computes, in NumPy: every name that a check may use.

Arrays are float64 unless said otherwise, images are channels first, conventions are PyTorch's.
Each module names what it offers in its own `__all__`; the loops, which have none, are for readers.

>>> from quizcnn.nn import conv2d, ones, ramp
>>> conv2d(ramp(8, 8), ones(3, 3)).shape
(6, 6)
"""

import inspect

import numpy as np

from quizcnn.nn import (
    activations,
    arrays,
    convolution,
    counting,
    data,
    dense,
    expectations,
    experiments,
    fits,
    geometry,
    gradients,
    inference,
    layers,
    networks,
    pooling,
    receptive,
    true_convolution,
    unfolding,
)
from quizcnn.nn.activations import *
from quizcnn.nn.arrays import *
from quizcnn.nn.convolution import *
from quizcnn.nn.counting import *
from quizcnn.nn.data import *
from quizcnn.nn.dense import *
from quizcnn.nn.expectations import *
from quizcnn.nn.experiments import *
from quizcnn.nn.fits import *
from quizcnn.nn.geometry import *
from quizcnn.nn.gradients import *
from quizcnn.nn.inference import *
from quizcnn.nn.layers import *
from quizcnn.nn.networks import *
from quizcnn.nn.pooling import *
from quizcnn.nn.receptive import *
from quizcnn.nn.true_convolution import *
from quizcnn.nn.unfolding import *

__all__ = ["np"]
__all__ += activations.__all__
__all__ += arrays.__all__
__all__ += convolution.__all__
__all__ += counting.__all__
__all__ += data.__all__
__all__ += dense.__all__
__all__ += expectations.__all__
__all__ += experiments.__all__
__all__ += fits.__all__
__all__ += geometry.__all__
__all__ += gradients.__all__
__all__ += inference.__all__
__all__ += layers.__all__
__all__ += networks.__all__
__all__ += pooling.__all__
__all__ += receptive.__all__
__all__ += true_convolution.__all__
__all__ += unfolding.__all__

SEEDED: frozenset[str] = frozenset(
    name
    for name in __all__
    if inspect.isfunction(globals()[name])
    and "seed" in inspect.signature(globals()[name]).parameters
)
"""The functions that draw random numbers, each a pure function of its argument `seed`."""
