"""Drawings to take away: of a cut by two, and of what young people wrote about, then and now."""

from xml.etree import ElementTree

import pytest

from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.analysis.queries.cuts import cut
from tests.pages.test_cuts import PAGE, ask
from tests.pages.test_snapshot import close, freeze, make_answers
from tests.pages.test_wave_page import make_wave as make_ended
from tests.pages.test_wave_page import report, write_about
from tests.people import make_person, sign_in
from tests.surveys import make_wave

SVG = "{http://www.w3.org/2000/svg}"
HOME = "/desk/results/youth"


@pytest.fixture
def reader(visitor):
    return sign_in(visitor, make_person(Role.PQA))


def drawing(reader, address: str) -> ElementTree.Element:
    answer = reader.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml"), answer.text
    return ElementTree.fromstring(answer.text)  # noqa: S314  (our own drawing)


def words(root: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def test_a_cut_by_two_is_drawn_with_a_row_for_each_group_that_may_be_shown(reader):
    wave = make_wave()
    make_answers(wave, happy=110, unhappy=70)
    close(wave)
    freeze()
    answer = ask(reader, "age", "gender")
    made = cut("youth", "area_happy", ("age", "gender"))
    shown = [group for group in made.table.groups if made.table.base(*group).shown]
    assert [row.key for row in made.chart.rows] == ["everyone", *(" + ".join(group) for group in shown)]
    page = reader.get(answer.location).text
    assert "groups too small to show stand in the table only" in page
    root = drawing(reader, f"{PAGE}/cut.svg?by=age&by=gender")
    assert "Cut by: " in root.find(f"{SVG}title").text
    assert {", ".join(made.labels[level] for level in group) for group in shown} <= set(words(root))
    assert reader.get(f"{PAGE}/cut.svg?by=age").status_code == 404
    assert reader.get(f"{PAGE}/cut.svg?by=age&by=gender").text == reader.get(f"{PAGE}/cut.svg?by=age&by=gender").text


def test_themes_are_drawn_and_printed(reader):
    wave = make_ended(happy=20, answers=40)
    for theme, times in (("Late buses", 14), ("Dark parks", 9), ("Litter", 2)):
        write_about(wave, theme, times=times)
    report(wave)
    do_all()
    root = drawing(reader, f"{HOME}/themes/now.svg")
    assert root.find(f"{SVG}title").text.endswith("themes in written answers")
    assert {"Late buses", "Dark parks", "Litter", "*"} <= set(words(root))
    assert "Drawing (SVG): themes now" in reader.get(f"{HOME}/themes").text
    assert reader.get(f"{HOME}/themes/compared.svg").status_code == 404
    assert "Themes in written answers" in reader.get(f"{HOME}/files/print").text


def test_before_a_wave_is_reported_there_are_no_themes_and_the_page_says_when(reader):
    wave = make_ended(happy=20, answers=40)
    write_about(wave, "Late buses", times=14)
    freeze()
    assert "counted once, when this wave is reported" in reader.get(HOME).text
    assert reader.get(f"{HOME}/themes/now.svg").status_code == 404
