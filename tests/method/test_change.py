import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.method.change import compare, false_discovery, family, ranks
from engage.analysis.method.proportions import proportion, published

PUBLISHED = {"area": (90, 94), "family_friendly": (84, 89), "good_job": (92, 90), "involves": (60, 70)}


def two_waves(base: int = 500):
    return {key: (published(was, base), published(now, base)) for key, (was, now) in PUBLISHED.items()}


def test_the_published_figures_give_the_worked_check():
    found = {one.key: one for one in family(two_waves())}
    assert [round(found[key].p, 3) for key in ("area", "family_friendly")] == [0.020, 0.021]
    assert round(found["good_job"].p, 2) == 0.27
    assert round(found["involves"].p, 4) == 0.0009
    assert [round(found[key].q, 3) for key in ("area", "family_friendly", "involves")] == [0.028, 0.028, 0.004]
    assert [found[key].direction for key in PUBLISHED] == ["up", "up", "no clear change", "up"]


def test_a_fall_is_called_down():
    assert compare(published(70, 500), published(60, 500)).direction == "down"


def test_the_interval_of_a_clear_change_leaves_out_nought():
    found = compare(published(60, 500), published(70, 500))
    assert 0 < found.interval.low < found.difference < found.interval.high


def test_a_hidden_figure_is_too_few_to_say_and_takes_no_part_in_the_family():
    alone, beside = family({"a": two_waves()["area"]}), family({"a": two_waves()["area"], "b": (None, None)})
    assert beside[1].direction == "too few to say"
    assert beside[0] == alone[0]


@given(st.integers(200, 2000), st.floats(0.1, 0.9))
def test_rounding_alone_is_never_a_change(base, share):
    count = round(base * share)
    before, now = proportion(count, base), proportion(min(count + 2, base), base)
    assert compare(before, now).direction == "no clear change"


def test_the_same_figure_twice_is_no_clear_change():
    assert compare(published(100, 50), published(100, 50)).p == 1.0


@given(st.lists(st.floats(0, 1), max_size=12))
def test_adjusted_values_are_never_smaller_and_keep_the_order(p):
    q = false_discovery(p)
    assert all(one >= other or one == pytest.approx(other) for one, other in zip(q, p, strict=True))
    assert [q[place] for place in sorted(range(len(p)), key=p.__getitem__)] == sorted(q)


def test_figures_that_intervals_do_not_separate_are_level():
    order = ranks({"a": published(60, 500), "b": published(58, 500), "c": published(20, 500)})
    assert [(one.key, one.rank, one.level_with) for one in order] == [("a", 1, ("b",)), ("b", 1, ("a",)), ("c", 3, ())]


@pytest.mark.parametrize("level", [0, 1, -0.1])
def test_a_level_outside_nought_to_one_is_refused(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        compare(None, None, level=level)
