import pytest
from flask import render_template_string

from engage.analysis.method.change import compare, family
from engage.analysis.method.charts import TrendPoint, bar, changes, likert, themes, trend
from engage.analysis.method.proportions import published
from engage.analysis.method.records import Axis
from engage.analysis.method.small_numbers import Table, protect

AGREE = protect({"agree": {"a": 40, "b": 25}, "unsure": {"a": 3, "b": 22}, "disagree": {"a": 30, "b": 31}})
FAMILY = family({"area": (published(90, 500), published(94, 500)), "job": (published(92, 500), published(90, 500))})


def roles(chart, shape):
    return [mark.role for mark in chart.marks if mark.shape == shape and mark.role != "grid"]


def test_the_same_figures_always_give_the_same_drawing():
    assert bar(AGREE) == bar(AGREE)
    assert changes(FAMILY) == changes(FAMILY)


def test_a_bar_is_as_long_as_its_share():
    first, *_, last = (mark for mark in bar(AGREE).marks if mark.shape == "rect")
    shares = AGREE.proportion("agree").share, AGREE.proportion("disagree").share
    assert first.width / last.width == pytest.approx(shares[0] / shares[1], abs=0.01)


def test_a_hidden_answer_has_a_star_and_no_bar():
    chart = bar(AGREE, group="a")
    hidden = [label for label in chart.labels if label.figure and label.figure.value is None]
    assert len(roles(chart, "rect")) == 3 - len(hidden) < 3


def test_a_group_too_small_for_percentages_is_drawn_in_people():
    chart = bar(protect({"yes": 9, "no": 9}))
    assert {label.figure.unit for label in chart.labels if label.figure} == {"count"}
    assert "interval" not in roles(chart, "line")


def test_stacked_answers_fill_the_row_and_say_where_some_are_hidden():
    chart = likert(AGREE)
    assert [row.key for row in chart.rows] == ["everyone", "a", "b"]
    assert "hidden" in roles(chart, "rect")
    assert max(mark.left + mark.width for mark in chart.marks if mark.shape == "rect") <= chart.width


def test_answers_that_do_not_add_up_are_not_stacked():
    axes = (Axis("worries", ("exams", "money")),)
    several = Table("w", axes, {("exams",): 40, ("money",): 30}, exclusive=False, bases={(): 50})
    with pytest.raises(ValueError, match="draw bars"):
        likert(protect(several))


def test_before_is_drawn_before_now_and_directions_are_words():
    chart = changes(FAMILY)
    assert roles(chart, "circle") == ["before", "now"] * 2
    assert {"up", "no clear change"} <= chart.keys


def test_themes_come_in_order_and_new_ones_have_no_before():
    found = [compare(None, published(12, 200), key="buses"), compare(None, published(31, 200), key="parks")]
    assert [row.key for row in themes(found).rows] == ["parks", "buses"]
    assert roles(themes(found), "circle") == ["now", "now"]


def test_a_trend_is_broken_where_the_question_changed_or_a_wave_is_hidden():
    parts = [published(60, 500), published(64, 500), None, published(70, 500), published(71, 500)]
    points = [TrendPoint(str(year), part, joins=year != 4) for year, part in enumerate(parts)]
    assert roles(trend(points), "line").count("join") == 1
    assert roles(trend(points), "circle") == ["before"] * 3 + ["now"]


@pytest.mark.parametrize("draw", [trend, changes, themes])
def test_nothing_to_draw_is_refused(draw):
    with pytest.raises(ValueError, match="at least one"):
        draw([])


@pytest.mark.parametrize("chart", [bar(AGREE), likert(AGREE), changes(FAMILY)])
def test_every_word_of_a_chart_comes_from_the_page(chart):
    assert all(label.key or label.figure for label in chart.labels)
    assert all(0 <= x <= chart.width and 0 <= y <= chart.height for mark in chart.marks for x, y in mark.points)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_page_shows_title_sentence_words_and_table(app, direction):
    drawn = changes(FAMILY)
    words = {key: f"<{key}>" for key in drawn.keys}
    with app.test_request_context():
        html = render_template_string(
            '{% from "chart.html" import chart %}'
            '{{ chart(drawn, "Title", "One sentence.", words, direction=direction) }}',
            drawn=drawn,
            words=words,
            direction=direction,
        )
    assert 'role="img" aria-label="Title. One sentence."' in html
    assert "&lt;area&gt;" in html
    assert "<area>" not in html
    assert html.count("<tr>") == 3
