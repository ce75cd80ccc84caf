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
    adaptive,
    anchoring,
    arrays,
    backward_convolution,
    backward_dense,
    backward_normalization,
    backward_pooling,
    blocks,
    convolution,
    convolution_variants,
    counting,
    data,
    dense,
    detection,
    expectations,
    experiments,
    fits,
    formulas,
    geometry,
    gradients,
    inference,
    layer,
    layers,
    layers_pointwise,
    layers_pooling,
    losses,
    networks,
    networks_branching,
    normalization,
    parts,
    pooling,
    pooling_1d_3d,
    receptive,
    summaries,
    transforms,
    transposed,
    true_convolution,
    unfolding,
    unpooling,
)
from quizcnn.nn.activations import *
from quizcnn.nn.adaptive import *
from quizcnn.nn.anchoring import *
from quizcnn.nn.arrays import *
from quizcnn.nn.backward_convolution import *
from quizcnn.nn.backward_dense import *
from quizcnn.nn.backward_normalization import *
from quizcnn.nn.backward_pooling import *
from quizcnn.nn.blocks import *
from quizcnn.nn.convolution import *
from quizcnn.nn.convolution_variants import *
from quizcnn.nn.counting import *
from quizcnn.nn.data import *
from quizcnn.nn.dense import *
from quizcnn.nn.detection import *
from quizcnn.nn.expectations import *
from quizcnn.nn.experiments import *
from quizcnn.nn.fits import *
from quizcnn.nn.formulas import *
from quizcnn.nn.geometry import *
from quizcnn.nn.gradients import *
from quizcnn.nn.inference import *
from quizcnn.nn.layer import *
from quizcnn.nn.layers import *
from quizcnn.nn.layers_pointwise import *
from quizcnn.nn.layers_pooling import *
from quizcnn.nn.losses import *
from quizcnn.nn.networks import *
from quizcnn.nn.networks_branching import *
from quizcnn.nn.normalization import *
from quizcnn.nn.parts import *
from quizcnn.nn.pooling import *
from quizcnn.nn.pooling_1d_3d import *
from quizcnn.nn.receptive import *
from quizcnn.nn.summaries import *
from quizcnn.nn.transforms import *
from quizcnn.nn.transposed import *
from quizcnn.nn.true_convolution import *
from quizcnn.nn.unfolding import *
from quizcnn.nn.unpooling import *

__all__ = ["np"]
__all__ += activations.__all__
__all__ += adaptive.__all__
__all__ += anchoring.__all__
__all__ += arrays.__all__
__all__ += backward_convolution.__all__
__all__ += backward_dense.__all__
__all__ += backward_normalization.__all__
__all__ += backward_pooling.__all__
__all__ += blocks.__all__
__all__ += convolution.__all__
__all__ += convolution_variants.__all__
__all__ += counting.__all__
__all__ += data.__all__
__all__ += dense.__all__
__all__ += detection.__all__
__all__ += expectations.__all__
__all__ += experiments.__all__
__all__ += fits.__all__
__all__ += formulas.__all__
__all__ += geometry.__all__
__all__ += gradients.__all__
__all__ += inference.__all__
__all__ += layer.__all__
__all__ += layers.__all__
__all__ += layers_pointwise.__all__
__all__ += layers_pooling.__all__
__all__ += losses.__all__
__all__ += networks.__all__
__all__ += networks_branching.__all__
__all__ += normalization.__all__
__all__ += parts.__all__
__all__ += pooling.__all__
__all__ += pooling_1d_3d.__all__
__all__ += receptive.__all__
__all__ += summaries.__all__
__all__ += transforms.__all__
__all__ += transposed.__all__
__all__ += true_convolution.__all__
__all__ += unfolding.__all__
__all__ += unpooling.__all__

SEEDED: frozenset[str] = frozenset(
    name
    for name in __all__
    if inspect.isfunction(globals()[name])
    and "seed" in inspect.signature(globals()[name]).parameters
)
"""The functions that draw random numbers, each a pure function of its argument `seed`."""
