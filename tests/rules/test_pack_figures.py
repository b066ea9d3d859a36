"""A pack says the scoreboard's own figures, says what it cannot carry, and draws the largest themes only."""

from datetime import date

from engage.analysis.method.charts import bar
from engage.analysis.method.records import Interval, KaplanMeier, Proportion
from engage.analysis.method.small_numbers import protect
from engage.pqa.rules.pack.charts import first_rows
from engage.pqa.rules.pack.limits import limits
from engage.pqa.rules.pack.measuring import measures
from engage.pqa.rules.pack.records import Emerging, Source, Suppressed
from engage.youwesaid.rules.loop import NotHeard, Open, Scoreboard

DAY = date(2026, 11, 25)


def part(count: int, base: int) -> Proportion:
    return Proportion(count, base, Interval(0.3, 0.7), rounding=1)


def board(**changes: object) -> Scoreboard:
    waits = Open(1, "path", "The path is dark", DAY, DAY, 40, late=True)
    facts: dict[str, object] = {
        "on": DAY, "since": None, "concerns": 24, "answered": 14, "kept": part(12, 24),
        "to_answer": KaplanMeier(90, Interval(60, None), 56, 14, 10, ()), "to_do": None, "longest_open": 40,
        "open": (waits,), "cannot": part(2, 14), "felt": None, "unread_since": None, "alerts_read_in": 180,
        "themes": None, "not_heard": None,
    }  # fmt: skip
    return Scoreboard(**(facts | changes))  # type: ignore[arg-type]


def said(**changes: object) -> dict[str, tuple[str, str]]:
    return {one.name: (one.value, one.rests_on) for one in measures(board(**changes))}


def test_measures_say_the_figure_and_what_it_rests_on():
    found = said()
    assert found["Public concerns with an answer"] == ("14 of 24", "1 late")
    kept = "of what is due or answered: 50%, likely 30 to 70%"
    assert found["Answered by the day promised first"] == ("12 of 24", kept)
    assert found["Answers are “we can't”"] == ("2 of 14", "of the answered; too few for a percentage")
    counted = "14 did, 10 still open, all counted (Kaplan-Meier)"
    assert found["From said to answered"] == ("90 days, median", f"likely from 60, no top yet; {counted}")
    assert found["The longest wait for an answer"] == ("40 days", "The path is dark")
    assert found["Within which 95 of 100 alerts were read"] == ("3 hours", "rests on at least 20 alerts")


def test_what_is_not_known_is_said_so():
    found = said(
        to_answer=KaplanMeier(None, None, None, 1, 9, ()), longest_open=None, open=(), unread_since=DAY,
        alerts_read_in=None,
    )  # fmt: skip
    assert found["From said to answered"][1].startswith("more than half still open; 1 did, 9 still open")
    assert found["From said to did"] == ("–", "nothing yet")
    assert found["The longest wait for an answer"] == ("–", "none waits")
    assert found["The oldest answer nobody has read"][0] == "0 days"
    assert found["Within which 95 of 100 alerts were read"][1] == "fewer than 20 alerts, too few to say"
    assert found["Done, and young people say it's better"] == ("–", "of the done: none yet")


def test_groups_not_heard_are_named_beside_how_many_are_known():
    name = "Groups not heard, or half as often as others"
    assert said()[name][0] == "–"
    found = said(not_heard=NotHeard("Youth survey", ("Boys", "16 to 17"), 9))
    assert found[name] == ("2 of 9", "Boys, 16 to 17; Youth survey, against who lives here")
    assert said(not_heard=NotHeard("Youth survey", (), 9))[name][1].startswith("none; ")


def test_limits_come_from_the_settings_of_the_waves():
    care = Source("care", "Care survey", DAY, "45", "known", 10, "f" * 64)
    lines = limits(
        [care], [Emerging("Care survey", (), (), 2, "")], [Suppressed("Care survey: answers", 3, 40, "")],
        not_frozen=["Forum survey"],
    )  # fmt: skip
    said = " ".join(lines)
    assert "Care survey: 45 responses; a named worker reads the answers, which changes what people write" in said
    assert "counts under 10 are hidden" in said
    assert "Forum survey has closed, but its results are not frozen yet" in said
    assert "3 of 40 figures" in said
    assert "2 rises of few or of worrying answers" in said
    assert "Ranges (95 %" not in " ".join(limits([], [], [], not_frozen=[]))


def test_a_drawing_is_cut_to_its_first_rows_with_its_scale_below():
    whole = bar(protect({f"theme-{n}": 90 - 5 * n for n in range(12)}))
    cut = first_rows(whole, 8)
    assert [row.key for row in cut.rows] == [f"theme-{n}" for n in range(8)]
    assert first_rows(whole, 12) == whole
    assert cut.height < whole.height
    inside = [y for mark in cut.marks for _, y in mark.points] + [label.y for label in cut.labels]
    assert max(inside) <= cut.height
    foot = whole.height - max(label.y for label in whole.labels)
    assert cut.height - max(label.y for label in cut.labels) == foot
    assert {label.key for label in cut.labels if label.key} <= {f"theme-{n}" for n in range(8)}
