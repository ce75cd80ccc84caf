"""Networks in one line: totals as in the literature."""

import pytest

from quizcnn.nn.counting import activation_count, flops, memory, multiply_adds, parameters
from quizcnn.nn.geometry import output_shape, shapes
from quizcnn.nn.inference import forward
from quizcnn.nn.layers import Conv2d, Linear
from quizcnn.nn.layers_pointwise import BatchNorm2d, Dropout, LocalResponseNorm, ReLU
from quizcnn.nn.networks import alexnet, lenet5, mobilenet, vgg16, vgg19
from quizcnn.nn.parts import layers_of, without

IMAGE = (3, 224, 224)


def test_vgg19_is_configuration_e() -> None:
    """Simonyan and Zisserman 2014, table 2: 144 million; He et al. 2015: 19.6e9 multiply-adds."""
    assert parameters(vgg19()) == 143_667_240
    assert multiply_adds(vgg19(), IMAGE) == 19_632_062_464
    assert len(layers_of(vgg19(), Conv2d)) + len(layers_of(vgg19(), Linear)) == 19
    assert output_shape(vgg19(), IMAGE) == (1000,)


def test_vgg16_in_flops_and_bytes() -> None:
    """Its weights file has 528 MiB; 15.5e9 multiply-adds are 30.9e9 floating point operations."""
    assert flops(vgg16(), IMAGE) == 30_940_528_640
    assert memory(vgg16(), IMAGE).weights / 2**20 == pytest.approx(528, abs=0.5)


def test_the_values_in_vgg16s_maps() -> None:
    """Of 13 convolutions, 5 poolings, 3 dense layers and the image itself: 15.2 million."""
    kept = without(without(vgg16(), ReLU), Dropout)
    maps = [2 * 64 * 224**2, 64 * 112**2, 2 * 128 * 112**2, 128 * 56**2, 3 * 256 * 56**2]
    maps += [256 * 28**2, 3 * 512 * 28**2, 512 * 14**2, 3 * 512 * 14**2, 512 * 7**2]
    assert activation_count(kept, IMAGE) == sum(maps) + 4096 + 4096 + 1000
    assert activation_count(kept, IMAGE) + 3 * 224**2 == 15_237_608


def test_alexnet_normalises_after_its_first_two_convolutions() -> None:
    assert len(layers_of(alexnet(), LocalResponseNorm)) == 2
    assert multiply_adds(alexnet(), (3, 227, 227)) == 724_406_816


@pytest.mark.parametrize(
    ("width", "millions", "work"),
    [(1.0, 4.2, 569), (0.75, 2.6, 325), (0.5, 1.3, 149), (0.25, 0.5, 41)],
)
def test_mobilenet_in_the_widths_of_the_paper(width: float, millions: float, work: int) -> None:
    """Howard et al. 2017, tables 4 and 6: parameters and multiply-adds, both in millions."""
    network = mobilenet(width)
    assert parameters(network) / 1e6 == pytest.approx(millions, abs=0.05)
    assert multiply_adds(network, IMAGE) / 1e6 == pytest.approx(work, abs=0.6)
    assert output_shape(network, IMAGE) == (1000,)


def test_mobilenet_layer_by_layer() -> None:
    """28 layers with weights; 95 % of the work in 1×1 convolutions (table 2)."""
    convolutions = layers_of(mobilenet(), Conv2d)
    assert len(convolutions) == len(layers_of(mobilenet(), BatchNorm2d)) == 27
    assert parameters(mobilenet()) == 4_231_976
    assert (1024, 7, 7) in shapes(mobilenet(), IMAGE)
    pointwise = total = 0
    for step, layer in zip([IMAGE, *shapes(mobilenet(), IMAGE)], mobilenet(), strict=False):
        work = multiply_adds(layer, step)
        total += work
        pointwise += work * (isinstance(layer, Conv2d) and layer.kernel_size == 1)
    assert pointwise / total == pytest.approx(0.9486, abs=5e-4)


def test_a_thin_mobilenet_runs() -> None:
    assert forward(mobilenet(0.1), [[[1.0] * 32] * 32] * 3).shape == (1000,)


@pytest.mark.parametrize("width", [0, -1, 5, float("nan")])
def test_a_width_that_makes_no_sense_is_refused(width: float) -> None:
    with pytest.raises(ValueError, match="width must be above 0 and at most 4"):
        mobilenet(width)


def test_each_call_gives_a_list_of_its_own() -> None:
    network = lenet5()
    network.pop()
    assert len(lenet5()) == len(network) + 1
