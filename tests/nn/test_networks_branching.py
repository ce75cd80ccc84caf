"""Networks that branch: totals as in the literature, stage by stage."""

import pytest

from quizcnn.nn.blocks import Parallel, Residual
from quizcnn.nn.counting import multiply_adds, multiply_adds_by_layer, parameters
from quizcnn.nn.geometry import output_shape, shapes
from quizcnn.nn.inference import forward
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d
from quizcnn.nn.networks_branching import googlenet, inception, resnet18, resnet50
from quizcnn.nn.parts import layers_of, without

IMAGE = (3, 224, 224)

TABLE_1 = [
    # output of each module, multiply-adds in millions: Szegedy et al. 2015
    ((256, 28, 28), 128),
    ((480, 28, 28), 304),
    ((512, 14, 14), 73),
    ((512, 14, 14), 88),
    ((512, 14, 14), 100),
    ((528, 14, 14), 119),
    ((832, 14, 14), 170),
    ((832, 7, 7), 54),
    ((1024, 7, 7), 71),
]


def test_googlenet_module_by_module_is_the_papers_table() -> None:
    """Within a million, but for the eighth module, where the layers listed make 51 million."""
    after, work = shapes(googlenet(), IMAGE), multiply_adds_by_layer(googlenet(), IMAGE)
    rows = zip(googlenet(), after, work, strict=True)
    modules = [(made, count / 1e6) for layer, made, count in rows if isinstance(layer, Parallel)]
    assert [made for made, _ in modules] == [made for made, _ in TABLE_1]
    for number, ((_, count), (_, said)) in enumerate(zip(modules, TABLE_1, strict=True)):
        assert count == pytest.approx(51 if number == 7 else said, abs=1)


def test_googlenets_first_layers_are_those_of_the_table() -> None:
    """112K weights and 360 million multiply-adds in its second stage, 56 pixels after each pool."""
    second = googlenet()[4:8]
    assert parameters(second) / 1024 == pytest.approx(112, abs=1)
    assert multiply_adds(second, (64, 56, 56)) / 1e6 == pytest.approx(360, abs=1)
    assert shapes(googlenet(), IMAGE)[2] == (64, 56, 56)


def test_googlenet_in_all() -> None:
    assert parameters(googlenet()) == 6_998_552
    assert parameters(googlenet(), only=Linear) == 1_025_000
    assert multiply_adds(googlenet(), IMAGE) == 1_582_671_872


def test_an_inception_module_of_ones_own() -> None:
    module = inception(4, 2, (1, 3), (1, 5), 6)
    assert output_shape(module, (4, 9, 9)) == (16, 9, 9)
    assert forward(module, [[[1.0] * 9] * 9] * 4).shape == (16, 9, 9)


def test_arguments_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="a branch of 3×3 takes two numbers of kernels"):
        inception(4, 2, 3, (1, 5), 6)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="a branch of 5×5 takes two numbers of kernels"):
        inception(4, 2, (1, 3), (1, 5, 6), 6)
    with pytest.raises(ValueError, match="stride_in_3x3 must be True or False, but is 'yes'"):
        resnet50("yes")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("network", "total", "work", "layers"),
    [(resnet18(), 11_689_512, 1.8e9, 18), (resnet50(), 25_557_032, 3.8e9, 50)],
)
def test_resnets_have_the_papers_totals(network, total: int, work: float, layers: int) -> None:
    """He et al. 2015, table 1: 1.8e9 and 3.8e9 multiply-adds; weighted layers but for shortcuts."""
    assert parameters(network) == total
    assert multiply_adds(network, IMAGE) == pytest.approx(work, rel=0.02)
    shortcuts = [block.shortcut for block in layers_of(network, Residual) if block.shortcut]
    weighted = len(layers_of(network, Conv2d)) + len(layers_of(network, Linear))
    assert weighted - len(shortcuts) == layers


def test_the_stages_of_a_resnet() -> None:
    """Table 1's output sizes: 112, 56, 28, 14, 7."""
    made = shapes(resnet50(), IMAGE)
    sizes = sorted({shape[-1] for shape in made if len(shape) == 3}, reverse=True)
    assert sizes == [112, 56, 28, 14, 7]
    assert (2048, 7, 7) in made
    assert output_shape(resnet18(), IMAGE) == output_shape(resnet50(), IMAGE) == (1000,)


def test_where_the_stride_stands_changes_the_work_and_not_the_parameters() -> None:
    paper, later = resnet50(), resnet50(stride_in_3x3=True)
    assert parameters(paper) == parameters(later)
    assert multiply_adds(paper, IMAGE) == 3_857_973_248
    assert multiply_adds(later, IMAGE) == 4_089_184_256


def test_residual_blocks_hold_nearly_all_of_a_resnet() -> None:
    held = parameters(resnet18(), only=Residual)
    assert held == 11_689_512 - (64 * 147 + 128) - 513_000
    assert parameters(without(resnet18(), Residual)) == 11_689_512 - held
    assert parameters(resnet18(), only=BatchNorm2d) == 9_600
