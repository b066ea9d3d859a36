"""What rose and what the few say, in words that tell nothing that the counts beside them hide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.analysis.method.proportions import proportion
from engage.analysis.method.records import CouldSee, Interval
from engage.analysis.rules.emerging import LADDER, Coverage, codes_compare, could_see_words, is_same, times, times_words
from engage.analysis.rules.serious import asked_of_all, few, share_words, sure_words
from engage.surveys.rules.shipped import shipped


@given(before=st.integers(0, 7), other=st.integers(0, 7), now=st.integers(8, 200))
def test_how_much_more_tells_nothing_of_a_hidden_count_before(before, other, now):
    def said(hidden: int) -> str:
        interval = Interval(now / 300 / ((hidden + 0.5) / 400), None)
        kept = proportion(hidden, 400) if hidden >= 8 else None
        return times_words(times(proportion(now, 300), kept, interval, earlier=400, minimum=8))

    assert said(before) == said(other)


def test_how_much_more_is_said_on_a_coarse_ladder_with_its_range():
    found = times(proportion(60, 300), proportion(20, 400), Interval(2.2, 7.3), earlier=400, minimum=8)
    assert found
    assert {found.about, found.low, found.high} <= set(LADDER)
    assert times_words(found) == "about 4 times as often as before (likely between 2 and 10)"


def test_few_answers_now_say_no_more_than_that_it_is_more():
    assert "too few say it" in times_words(times(None, None, Interval(3, None), earlier=400, minimum=8))
    assert times_words(times(proportion(10, 300), None, Interval(1, None), earlier=300, minimum=8)) == (
        "clearly more often than before"
    )


def test_what_could_have_been_seen_is_plain():
    new, known = could_see_words([CouldSee(0.0, 0.04, 12), CouldSee(0.01, 0.06, 18)])
    assert "about 12 people write of it" in new
    assert known == "Something that 1 in 100 said before: once 6 in 100 say it."


@pytest.mark.parametrize(
    ("before", "now", "compared"),
    [
        ([Coverage(100, 100, 60)], Coverage(100, 95, 65), True),
        ([Coverage(100, 50, 30)], Coverage(100, 100, 60), False),
        ([Coverage(100, 100, 30)], Coverage(100, 100, 60), False),
        ([Coverage(100, 100, 0)], Coverage(100, 100, 0), False),
        ([Coverage(100, 100, 60)], Coverage(0, 0, 0), False),
        ([Coverage(0, 0, 0)], Coverage(100, 100, 60), False),
    ],
    ids=["alike", "half read before", "coded more fully now", "not coded", "nothing now", "nothing before"],
)
def test_codes_are_compared_only_where_people_came_equally_far(before, now, compared):
    assert codes_compare(before, now) is compared


def test_a_later_run_may_call_it_otherwise():
    assert is_same("vapes", ["vapes", "gate"], "gate", ["gate", "vapes", "sell"])
    assert not is_same("vapes", ["vapes"], "buses", ["buses", "late"])


def test_the_few_are_those_who_are_offered_support_or_asked_why_they_are_unsafe():
    found = {one.item.code: one.options for one in few(shipped("youth"))}
    assert found["safe_home"] == found["safe_school"] == ("unsafe", "very_unsafe")
    assert "gender" not in found
    assert {one.item.code for one in few(shipped("care"))} == {"safe_home", "safe_area"}
    assert "unsafe_text" not in asked_of_all(shipped("youth"))


def test_a_true_count_says_how_far_it_carries():
    assert share_words(0, 0) == "Nobody answered this question."
    assert share_words(0, 100).startswith("None of the 100 who answered. With so many asked, up to 3.7 in 100")
    assert "likely between 1.0 and 8.5 in 100" in share_words(3, 100)
    assert sure_words(0.001) != sure_words(0.04)
