"""Layers that keep the shape: activations, normalisation, dropout; and flattening, described."""

from __future__ import annotations

from dataclasses import dataclass

from quizcnn.nn.layer import Layer, Size

__all__ = [
    "ELU",
    "GELU",
    "BatchNorm2d",
    "Dropout",
    "Flatten",
    "GroupNorm",
    "InstanceNorm2d",
    "LayerNorm",
    "LeakyReLU",
    "LocalResponseNorm",
    "PReLU",
    "ReLU",
    "ReLU6",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Tanh",
]


@dataclass(frozen=True, repr=False)
class Flatten(Layer):
    """All values of one example in one vector: (C, H, W) becomes (C·H·W,)."""


@dataclass(frozen=True, repr=False)
class Activation(Layer):
    """A function of each value alone."""


@dataclass(frozen=True, repr=False)
class ReLU(Activation):
    """Negative values become 0."""


@dataclass(frozen=True, repr=False)
class ReLU6(Activation):
    """Negative values become 0, values above 6 become 6."""


@dataclass(frozen=True, repr=False)
class LeakyReLU(Activation):
    """Negative values are multiplied by `negative_slope`, the others stay.

    >>> LeakyReLU(0.2)
    LeakyReLU(negative_slope=0.2)
    """

    negative_slope: float = 0.01

    def __post_init__(self) -> None:
        self._number("negative_slope")


@dataclass(frozen=True, repr=False)
class PReLU(Activation):
    """Negative values are multiplied by a slope that is learned, one for all or for each channel.

    `num_parameters` is 1 or the number of channels, `init` what the slopes begin with.

    >>> parameters(PReLU(64))
    64
    """

    num_parameters: int = 1
    init: float = 0.25

    def __post_init__(self) -> None:
        self._count("num_parameters")
        self._number("init")


@dataclass(frozen=True, repr=False)
class ELU(Activation):
    """Negative values become alpha · (e^x − 1), the others stay."""

    alpha: float = 1.0

    def __post_init__(self) -> None:
        self._number("alpha")


@dataclass(frozen=True, repr=False)
class GELU(Activation):
    """x · Φ(x), Φ being the normal distribution."""


@dataclass(frozen=True, repr=False)
class SiLU(Activation):
    """x · sigmoid(x), also called swish."""


@dataclass(frozen=True, repr=False)
class Sigmoid(Activation):
    """1 / (1 + e^(−x)) of each value, between 0 and 1."""


@dataclass(frozen=True, repr=False)
class Tanh(Activation):
    """The hyperbolic tangent of each value, between −1 and 1."""


@dataclass(frozen=True, repr=False)
class Softmax(Layer):
    """Class scores become probabilities that sum to 1."""


@dataclass(frozen=True, repr=False)
class Dropout(Layer):
    """Each value is dropped with probability `p` in training; at inference nothing changes.

    >>> Dropout()
    Dropout()
    """

    p: float = 0.5

    def __post_init__(self) -> None:
        self._number("p")
        if not 0 <= self.p < 1:
            raise ValueError(
                f"Dropout: p is a probability of at least 0 and below 1, not {self.p!r}"
            )


@dataclass(frozen=True, repr=False)
class BatchNorm2d(Layer):
    """Batch normalisation of each channel, then a scale and a shift, one of each for a channel.

    Learned are 2 · `num_features` values, none with `affine=False`. The running mean and variance
    of each channel are kept beside them and not learned; Keras counts them as "non-trainable"
    parameters, PyTorch and `parameters` do not count them. At inference the layer is one
    multiplication and addition for each value, which can be merged into the convolution before it
    (Ioffe and Szegedy 2015, "Batch normalization", section 3.1).

    >>> parameters(BatchNorm2d(64))
    128
    """

    num_features: int
    eps: float = 1e-05
    momentum: float = 0.1
    affine: bool = True

    def __post_init__(self) -> None:
        self._count("num_features")
        self._number("eps", "momentum")
        self._switch("affine")


@dataclass(frozen=True, repr=False)
class LayerNorm(Layer):
    """Normalisation of one example over its last axes, which have the shape `normalized_shape`.

    Then a scale and a shift of each value, unless `elementwise_affine` is False; no shift without
    `bias` (Ba, Kiros and Hinton 2016, "Layer normalization").

    >>> parameters(LayerNorm((64, 8, 8)))
    8192
    """

    normalized_shape: Size
    eps: float = 1e-05
    elementwise_affine: bool = True
    bias: bool = True

    def __post_init__(self) -> None:
        shape = self.normalized_shape
        if isinstance(shape, list | tuple) and shape:
            self._size("normalized_shape", axes=len(shape))
        else:
            self._count("normalized_shape")
        self._number("eps")
        self._switch("elementwise_affine", "bias")


@dataclass(frozen=True, repr=False)
class GroupNorm(Layer):
    """Normalisation of one example over each of `num_groups` groups of channels, with all pixels.

    Then a scale and a shift for each channel, unless `affine` is False (Wu and He 2018).

    >>> parameters(GroupNorm(8, 64))
    128
    """

    num_groups: int
    num_channels: int
    eps: float = 1e-05
    affine: bool = True

    def __post_init__(self) -> None:
        self._count("num_groups", "num_channels")
        self._number("eps")
        self._switch("affine")
        if self.num_channels % self.num_groups:
            raise ValueError(f"{self}: num_groups must divide the {self.num_channels} channels")


@dataclass(frozen=True, repr=False)
class InstanceNorm2d(Layer):
    """Normalisation of each channel of one example over its pixels (Ulyanov et al. 2016).

    Unlike batch normalisation it has nothing to learn unless `affine` is True.

    >>> parameters(InstanceNorm2d(64)), parameters(InstanceNorm2d(64, affine=True))
    (0, 128)
    """

    num_features: int
    eps: float = 1e-05
    momentum: float = 0.1
    affine: bool = False

    def __post_init__(self) -> None:
        self._count("num_features")
        self._number("eps", "momentum")
        self._switch("affine")


@dataclass(frozen=True, repr=False)
class LocalResponseNorm(Layer):
    """Each value is divided by what its neighbours in `size` channels have: nothing to learn.

    By (k + alpha · mean of their squares)^beta, as in PyTorch and Caffe; Krizhevsky et al. 2012
    (section 3.3) multiply alpha with the sum, so that their 10⁻⁴ is 5 · 10⁻⁴ here.

    >>> LocalResponseNorm(5, alpha=5e-4, k=2)
    LocalResponseNorm(5, alpha=0.0005, k=2)
    """

    size: int
    alpha: float = 0.0001
    beta: float = 0.75
    k: float = 1.0

    def __post_init__(self) -> None:
        self._count("size")
        self._number("alpha", "beta", "k")
