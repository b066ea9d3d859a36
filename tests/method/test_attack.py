"""Everything of a wave that can be read, attacked at once; `python -m tests.bench attack` does two hundred of them."""

import pytest

from engage.analysis.method.small_numbers import audit
from tests.method.synthetic_wave import publish, publish_without


@pytest.mark.parametrize("seed", [1, 4])
def test_no_hidden_figure_of_a_whole_wave_can_be_worked_out(seed):
    found = audit(publish(seed).tables, exact=False)
    assert found.ranges
    assert (found.pinned, found.safe) == (0, True)


def test_with_the_guard_off_hidden_figures_of_a_whole_wave_can_be_worked_out():
    found = audit(publish_without(1), exact=False)
    assert found.pinned > len(found.ranges) / 4
