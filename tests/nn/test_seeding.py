import numpy as np
import pytest

from quizcnn.nn import dropout, normal, uniform
from quizcnn.nn.seeding import generator


def test_the_same_name_and_seed_give_the_same_numbers():
    assert generator("normal", 3).random(5).tolist() == generator("normal", 3).random(5).tolist()


def test_another_seed_and_another_name_give_other_numbers():
    first = generator("normal", 0).random()
    assert first != generator("normal", 1).random()
    assert first != generator("uniform", 0).random()


@pytest.mark.parametrize("seed", [-1, 0.5, "0", None])
def test_a_seed_is_a_whole_number_from_0(seed):
    with pytest.raises(ValueError, match="normal: seed must be"):
        generator("normal", seed)


def test_two_functions_with_one_seed_are_independent():
    """Dropout must not choose by the very numbers that it drops, whatever seed both are given."""
    x = uniform(10_000)
    kept = dropout(x, 0.5) != 0
    # Were mask and values the same draw, the means would be 0.75 and 0.25.
    assert abs(x[kept].mean() - x[~kept].mean()) < 0.03
    assert abs(np.corrcoef(normal(10_000), x)[0, 1]) < 0.05
