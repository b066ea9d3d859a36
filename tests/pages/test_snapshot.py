"""Results are counted once when a wave has ended, protected, compared with the wave before, and never move again."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading, snapshots, themes
from engage.analysis.jobs import do_all
from engage.analysis.method.records import Protected
from engage.analysis.models import SnapshotRow
from engage.analysis.rules import Naming
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.models import WaveRow
from tests.answers import BUS, make_excerpts, make_response
from tests.people import make_person, sign_in
from tests.surveys import make_wave


def make_answers(wave, *, happy=40, unhappy=20, unsafe=3):
    """Sixty-odd people: some happy with their area, a few who do not feel safe at home, two who rather not say."""
    for number in range(happy + unhappy):
        make_response(
            wave,
            age="age_11_13" if number % 2 else "age_14_15",
            gender="girl" if number % 3 else "boy",
            area_happy="very_happy" if number < happy else "unhappy",
            safe_home="very_unsafe" if number < unsafe else "very_safe",
            ways_to_say="school group" if number % 2 else "school",
        )
    for _ in range(2):
        make_response(wave, area_happy="rather_not_say", safe_home="skipped")


def close(wave):
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()


def report(wave):
    close(wave)
    waves.report_wave(wave.id, roles=["voice"])
    db.session.commit()


def freeze(code="youth"):
    wanted.want("snapshot", f"wave:{code}")
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting()] == []
    db.session.expire_all()
    found = analysis.snapshot(code)
    assert found
    return {line.item: line for line in found.lines}, found


@pytest.fixture
def wave(database):
    return make_wave()


def test_small_groups_are_hidden_and_the_rest_rounded(wave):
    make_answers(wave)
    close(wave)
    lines, frozen = freeze()
    home = lines["safe_home"].table
    assert home.cell("very_unsafe").text == "*"
    assert frozen.responses.text == "60"
    assert home.base().shown == 60
    assert all(cell.shown is None or cell.shown % 5 == 0 for line in lines.values() for cell in line.table.cells)
    assert lines["area_happy"].headline.percent == 67
    assert lines["area_happy"].headline.interval.low < 0.67 < lines["area_happy"].headline.interval.high


def test_missing_codes_are_kept_apart_from_answers(wave):
    make_answers(wave)
    close(wave)
    lines, _ = freeze()
    line = lines["area_happy"]
    assert "rather_not_say" not in line.table.axes[0].levels
    assert line.missing.axes[0].levels == ("answered", "dont_know", "rather_not_say", "skipped", "not_asked")
    assert line.missing.cell("rather_not_say").text == "*"


def test_breaks_are_protected_with_their_whole(wave):
    make_answers(wave)
    close(wave)
    lines, _ = freeze()
    by_age, by_gender = lines["area_happy"].breaks
    assert by_age.axes[1].levels == ("age_11_13", "age_14_15", "not_said")
    assert by_gender.axes[1].levels[-1] == "not_said"
    assert lines["area_happy"].labels["age_11_13"]
    hidden = [cell for cell in lines["safe_home"].breaks[0].cells if cell.hidden]
    assert len(hidden) >= 2


def test_several_answers_of_one_person_are_counted_against_people(wave):
    make_answers(wave)
    close(wave)
    lines, _ = freeze()
    table = lines["ways_to_say"].table
    assert not table.exclusive
    assert table.base().shown == 60
    assert table.cell("school").percent == 100


def test_every_code_of_a_line_has_words(wave):
    make_answers(wave)
    close(wave)
    lines, _ = freeze()
    for line in lines.values():
        shown = [
            level for table in (line.table, line.missing, *line.breaks) for axis in table.axes for level in axis.levels
        ]
        keys = {label.key for label in line.chart.labels if label.key} | set(line.chart.columns)
        assert {*shown, *keys} <= set(line.labels), line.item


def test_a_change_is_named_only_when_it_stands_against_the_family(database):
    before = make_wave("youth-before")
    make_answers(before, happy=20, unhappy=40)
    close(before)
    last = db.session.get_one(WaveRow, before.id)
    last.opens_on, last.closes_on = today() - timedelta(days=300), today() - timedelta(days=280)
    db.session.commit()
    now = make_wave("youth")
    make_answers(now, happy=44, unhappy=16)
    close(now)
    lines, frozen = freeze()
    assert frozen.since == "Youth survey"
    assert lines["area_happy"].change.direction == "up"
    assert lines["area_happy"].change.before.percent == 33
    assert lines["safe_home"].change.direction in ("no clear change", "too few to say")


def test_a_first_wave_has_nothing_to_compare_with(wave):
    make_answers(wave)
    close(wave)
    lines, frozen = freeze()
    assert frozen.since == ""
    assert all(line.change is None for line in lines.values())


def test_an_open_wave_is_not_frozen(wave):
    make_answers(wave)
    wanted.want("snapshot", "wave:youth")
    db.session.commit()
    do_all()
    assert analysis.snapshot("youth") is None
    assert "frozen when the wave has ended" in next(work.failed for work in wanted.waiting())


def test_figures_do_not_move_when_frozen_again(wave):
    make_answers(wave)
    close(wave)
    first, _ = freeze()
    make_answers(wave, happy=30, unhappy=0)
    assert freeze()[0] == first


def test_theme_counts_are_protected_too(wave):
    voice = make_person(Role.VOICE)
    found = make_excerpts(wave, *BUS, "more football", "bigger park")
    buses = themes.add(Naming("Buses", "", sensitive=False), by=voice, today=today())
    few = themes.add(Naming("Football", "", sensitive=False), by=voice, today=today())
    reading.confirm(buses, [found[words] for words in BUS], by=voice)
    reading.confirm(few, [found["more football"]], by=voice)
    db.session.commit()
    report(wave)
    _, frozen = freeze()
    assert frozen.themes.cell(f"theme-{buses}").text == "10"
    assert frozen.themes.cell(f"theme-{few}").text == "*"
    assert {row.key for row in frozen.theme_chart.rows} <= set(frozen.labels)
    assert frozen.labels[f"theme-{buses}"] == "Buses"
    assert frozen.labels["people"] == "Answers"


def test_shares_of_themes_are_of_the_answers_that_people_went_through(wave):
    voice = make_person(Role.VOICE)
    found = make_excerpts(wave, *(f"{words} {more}" for words in BUS for more in ("", "again", "please")))
    buses = themes.add(Naming("Buses", "", sensitive=False), by=voice, today=today())
    chosen = sorted(found.values())
    reading.confirm(buses, chosen[:15], by=voice)
    for excerpt_id in chosen[15:30]:
        reading.mark_read(excerpt_id, by=voice, today=today())
    db.session.commit()
    report(wave)
    _, frozen = freeze()
    share = frozen.themes.proportion(f"theme-{buses}")
    assert share.percent == 50  # of 30, and not of the 36 that were written


def test_the_fingerprint_is_of_what_is_shown(wave):
    make_answers(wave)
    close(wave)
    freeze()
    row = db.session.scalars(select(SnapshotRow)).one()
    assert row.sha256 == hashlib.sha256(row.body.encode()).hexdigest()
    assert not row.final


def test_nothing_unprotected_is_kept(wave):
    make_answers(wave)
    close(wave)
    freeze()
    for line in json.loads(db.session.scalars(select(SnapshotRow.body)).one())["lines"]:
        for table in (line["table"], line["missing"], *line["breaks"]):
            assert all(cell.shown is None or cell.shown % 5 == 0 for cell in Protected.from_json(table).cells)


def test_a_wave_without_answers_has_an_empty_result(wave):
    close(wave)
    lines, frozen = freeze()
    assert lines == {}
    assert frozen.responses.hidden


def test_a_larger_minimum_hides_more_and_drops_the_break_by_gender(database):
    wave = make_wave(minimum=10)
    make_answers(wave)
    close(wave)
    lines, _ = freeze()
    assert lines["area_happy"].table.rule.minimum == 10
    assert [table.axes[1].code for table in lines["area_happy"].breaks] == ["age"]


def test_what_is_due_after_a_wave_is_asked_for_once(wave):
    make_answers(wave)
    close(wave)
    do_all()
    snapshots.want_what_is_due()
    snapshots.want_what_is_due()
    db.session.commit()
    asked = [(work.kind, work.subject) for work in wanted.waiting()]
    assert sorted(asked) == [(kind, "wave:youth") for kind in ("emerging", "serious", "snapshot", "themes")]
    do_all()
    snapshots.want_what_is_due()
    assert wanted.waiting() == []


def test_the_panel_reads_the_results_as_a_page(wave, visitor):
    make_answers(wave)
    close(wave)
    freeze()
    sign_in(visitor, make_person(Role.PQA))
    page = visitor.get("/desk/results/youth")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert len(page.data) <= 60_000
