import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds

from engage.analysis.method.proportions import proportion, wilson
from engage.analysis.method.records import Axis, Cell, Protected, Rule
from engage.analysis.method.small_numbers import Table, audit, protect, protect_all
from engage.analysis.method.small_numbers.sums import Sums
from tests.method.tables import make_table, publish_unguarded

CARE = Rule(minimum=10)


def shown(table: Protected) -> list[str]:
    return [cell.text for cell in table.cells]


def test_thirteen_thirteen_and_one_hide_a_second_number():
    safe = protect({"yes": 13, "no": 13, "not sure": 1})
    assert safe.cell("not sure").hidden
    assert sum(cell.hidden for cell in safe.cells) == 2
    assert audit(safe).safe


def test_hiding_only_the_one_gives_it_away():
    cells = tuple(Cell((at,), count) for at, count in [(None, 25), ("yes", 15), ("no", 15), ("not sure", None)])
    found = audit(Protected("", (Axis("answer", ("yes", "no", "not sure")),), cells, Rule()))
    assert (found.ranges[0].low, found.ranges[0].high, found.pinned, found.safe) == (1, 1, 1, False)


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15")])
def test_counts_below_eight_are_hidden_and_others_rounded_to_the_nearest_five(count, text):
    assert protect({"yes": count, "no": 400}).cell("yes").text == text


@pytest.mark.parametrize(("count", "text"), [(0, "*"), (7, "*"), (8, "10")])
def test_a_sensitive_answer_that_nobody_gave_is_hidden_too(count, text):
    table = Table("wave", (Axis("hurt", ("yes", "no")),), {("yes",): count, ("no",): 400}, sensitive=True)
    assert protect(table).cell("yes").text == text


def test_care_leavers_are_hidden_below_ten():
    assert protect({"yes": 9, "no": 400}, rule=CARE).cell("yes").hidden
    assert protect({"yes": 10, "no": 400}, rule=CARE).cell("yes").shown == 10


def test_a_group_that_all_gave_the_same_sensitive_answer_is_hidden():
    axes = (Axis("hurt", ("yes", "no")), Axis("band", ("11-13", "14-16")))
    people = {("yes", "11-13"): 25, ("yes", "14-16"): 60, ("no", "14-16"): 90}
    safe = protect(Table("wave", axes, people, sensitive=True))
    assert safe.cell("yes", "11-13").hidden
    assert safe.base("11-13").shown == 25


@pytest.mark.parametrize(("people", "staff", "public"), [(19, False, False), (20, True, False), (30, True, True)])
def test_a_percentage_needs_twenty_people_for_staff_and_thirty_in_public(people, staff, public):
    safe = protect({"yes": people - 9, "no": 9})
    assert (safe.cell("yes").percent is not None) == staff
    assert (safe.for_public().cell("yes").percent is not None) == public


def test_a_percentage_is_whole_and_from_rounded_counts_with_its_interval():
    cell = protect({"yes": 41, "no": 47}).cell("yes")
    assert (cell.shown, cell.percent) == (40, 44)
    assert cell.interval == wilson(40, 90)


def test_people_who_could_pick_several_answers_are_counted_once():
    axes = (Axis("worries", ("exams", "money", "looks")),)
    picks = {("exams",): 40, ("money",): 25, ("looks",): 3}
    safe = protect(Table("wave", axes, picks, exclusive=False, bases={(): 50}))
    assert (safe.base().shown, safe.cell("exams").percent, safe.cell("looks").hidden) == (50, 80, True)
    assert audit(safe).safe


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None, derandomize=True)
def test_no_hidden_number_of_a_protected_table_can_be_worked_out(seed):
    found = audit(protect(make_table(seed)))
    assert found.pinned == 0
    assert found.safe


@pytest.mark.parametrize("publish", [protect, publish_unguarded])
def test_a_quick_look_finds_what_an_exact_one_finds(publish):
    for seed in range(8):
        table = publish(make_table(seed))
        quick, exact = audit(table, exact=False), audit(table)
        assert (quick.safe, quick.pinned) == (exact.safe, exact.pinned)


def test_with_the_guard_off_many_hidden_numbers_can_be_worked_out():
    found = [audit(publish_unguarded(make_table(seed))) for seed in range(40)]
    hidden = sum(len(one.ranges) for one in found)
    assert sum(one.pinned for one in found) > hidden / 4


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6), st.booleans())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_no_small_count_is_ever_shown_and_the_truth_stays_possible(counts, sensitive):
    levels = tuple(str(place) for place in range(len(counts)))
    people = {(level,): count for level, count in zip(levels, counts, strict=True)}
    safe = protect(Table("wave", (Axis("item", levels),), people, sensitive=sensitive))
    assert all(safe.cell(level).hidden for (level,), n in people.items() if 0 < n < 8 or (n == 0 and sensitive))
    truth = {(("item", level),): count for (level,), count in people.items()} | {(): sum(counts)}
    assert all(one.low <= truth[one.at] <= one.high for one in audit(safe).ranges)


def test_tables_of_the_same_people_are_audited_together():
    item = Axis("item", ("yes", "no"))
    by_band = Table(
        "w", (item, Axis("band", ("a", "b"))), {("yes", "a"): 20, ("yes", "b"): 3, ("no", "a"): 30, ("no", "b"): 40}
    )
    by_area = Table("w", (item, Axis("area", ("n", "s"))), {("yes", "n"): 23, ("no", "n"): 30, ("no", "s"): 40})
    both = protect_all([by_band, by_area])
    assert audit(both).safe
    assert both[0].cell("yes").text == both[1].cell("yes").text


def test_tables_that_count_the_same_people_differently_are_refused():
    one, two = (Table("w", (Axis("item", ("yes", "no")),), {("yes",): n, ("no",): 50}) for n in (20, 21))
    with pytest.raises(ValueError, match="differently"):
        protect_all([one, two])


def test_a_later_release_cannot_be_subtracted_from_an_earlier_one():
    axes = (Axis("item", ("yes", "no", "maybe")),)
    first = protect(Table("day 10", axes, {("yes",): 13, ("no",): 13, ("maybe",): 1}))
    later = Table("day 20", axes, {("yes",): 13, ("no",): 14, ("maybe",): 9}, follows="day 10")
    found = audit([first, protect(later, earlier=[first])])
    assert any("minus" in one.of for one in found.ranges)
    assert found.safe


@pytest.mark.parametrize(
    "broken",
    [
        lambda: protect({}),
        lambda: protect({"yes": -1}),
        lambda: protect({"yes": 9}, rule=Rule(minimum=3)),
        lambda: Table("w", (Axis("item", ("a",)),), {("b",): 3}),
        lambda: Table("w", (Axis("item", ("a",)),), {}, exclusive=False),
        lambda: Table("w", tuple(Axis(code, ("x",)) for code in "abcd"), {}),
        lambda: audit([]),
        lambda: wilson(3, 2),
        lambda: wilson(0, 0),
        lambda: proportion(5, 4),
    ],
)
def test_counts_that_make_no_sense_are_refused_with_a_sentence(broken):
    with pytest.raises(ValueError, match=r"\w+ \w+ \w+"):
        broken()


def test_published_tables_that_contradict_each_other_are_refused():
    cells = (Cell((None,), 10), Cell(("yes",), 50), Cell(("no",), None))
    with pytest.raises(ValueError, match="contradict"):
        audit(Protected("", (Axis("answer", ("yes", "no")),), cells, Rule()))


def test_a_lone_small_figure_is_hidden():
    assert proportion(3, 88) is None
    assert proportion(10, 19) is None
    assert proportion(0, 88) is not None


@pytest.mark.parametrize(("sign", "furthest"), [(-1, 3), (1, 2)])
def test_people_are_whole_where_the_corners_of_the_sums_are_not(sign, furthest):
    """Three answers, of which each two together were given by five or six: at a corner people stand in halves."""
    three = ("a", "b", "c")
    tables = [Table("all", (Axis("item", three),), {})]
    for alone in three:
        pair = tuple(one for one in three if one != alone)
        tables.append(Table("all", (Axis("item", ("".join(pair), alone)),), {}, merged=(("".join(pair), pair),)))
    sums = Sums(tables)
    low, high = np.zeros(len(sums.place)), np.full(len(sums.place), 100.0)
    for name in ("ab", "bc", "ac"):
        place = sums.place["all", (("item", name),)]
        low[place], high[place] = 5, 6
    found = sums.extreme(sums.place["all", (("item", "a"),)], Bounds(low, high), sign=sign)
    assert found[sums.place["all", (("item", "a"),)]] == furthest
    assert (sums.constraint.A @ found == 0).all()
