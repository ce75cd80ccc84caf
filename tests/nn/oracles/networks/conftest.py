"""PyTorch's modules for our layers, for the comparisons of this folder."""

from __future__ import annotations

from typing import Any

import pytest

from quizcnn.nn.blocks import Block, Parallel, Residual, every, listed
from quizcnn.nn.inference import he_weights
from quizcnn.nn.layers_pointwise import ELU, Dropout, LeakyReLU, PReLU, Softmax
from quizcnn.nn.layers_pooling import GlobalAvgPool2d, GlobalMaxPool2d


class Kit:
    """Builds what our layers describe, with PyTorch."""

    def __init__(self, torch: Any) -> None:
        self.torch = torch
        self.nn = torch.nn

        class Added(torch.nn.Module):
            """A body with a shortcut past it."""

            def __init__(self, body: Any, shortcut: Any) -> None:
                super().__init__()
                self.body, self.shortcut = body, shortcut

            def forward(self, x: Any) -> Any:
                return self.body(x) + self.shortcut(x)

        class Beside(torch.nn.Module):
            """Branches whose channels are concatenated."""

            def __init__(self, branches: list[Any]) -> None:
                super().__init__()
                self.branches = torch.nn.ModuleList(branches)

            def forward(self, x: Any) -> Any:
                return torch.cat([branch(x) for branch in self.branches], dim=1)

        self.added, self.beside = Added, Beside

    def chain(self, layers: Any) -> Any:
        """The module for a list of layers."""
        return self.nn.Sequential(*map(self.module, listed(layers)))

    def module(self, layer: Any) -> Any:
        """The module for a layer."""
        nn = self.nn
        match layer:
            case Residual():
                return self.added(self.chain(layer.body), self.chain(layer.shortcut or ()))
            case Parallel():
                return self.beside([self.chain(branch) for branch in layer.branches])
            case GlobalAvgPool2d():
                return nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten())
            case GlobalMaxPool2d():
                return nn.Sequential(nn.AdaptiveMaxPool2d(1), nn.Flatten())
            case Softmax():
                return nn.Softmax(dim=-1)
            case ELU() | LeakyReLU() | PReLU() | Dropout():
                return getattr(nn, type(layer).__name__)(*vars(layer).values())
        # The same words with the same arguments: PyTorch reads them as one writes them here.
        return eval(f"nn.{layer!r}", {"nn": nn})

    def with_weights(self, layers: Any, seed: int) -> Any:
        """The module in float64 at inference, with the weights of `forward`, and biases of 0."""
        module = self.chain(layers).double().eval()
        leaves = [path[-1] for path in every(layers) if not isinstance(path[-1], Block)]
        weights = [weight for weight in he_weights(leaves, seed) if weight is not None]
        weighted = (self.nn.modules.conv._ConvNd, self.nn.Linear)
        homes = [part for part in module.modules() if isinstance(part, weighted)]
        assert len(homes) == len(weights)
        with self.torch.no_grad():
            for home, weight in zip(homes, weights, strict=True):
                home.weight.copy_(self.torch.from_numpy(weight))
                if home.bias is not None:
                    home.bias.zero_()
        return module

    def count(self, module: Any) -> int:
        """The parameters of a module."""
        return sum(parameter.numel() for parameter in module.parameters())


@pytest.fixture(scope="session")
def kit() -> Kit:
    """What builds PyTorch's modules."""
    return Kit(pytest.importorskip("torch"))
