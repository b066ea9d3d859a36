"""A theme is split by a person: chosen answers go to another theme, both remember it, no run puts them back."""

import pytest

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import frame, reading, reporting, themes
from engage.analysis.actions.splitting import Where, split
from engage.analysis.jobs import do_all
from engage.analysis.models import CodedThemeRow, CodingRow, ThemeExampleRow, ThemeReceiptRow
from engage.analysis.rules import Naming
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotOpen, NotValid
from engage.surveys.actions import waves
from tests.answers import BUS, make_excerpts, make_response, read_everything
from tests.coding import code, codings, held, make_coded, make_theme
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE, name="Ada")


def split_off(theme_id, ids, voice, **where):
    target = split(theme_id, ids, Where(**where), by=voice, today=today())
    db.session.commit()
    return target


def test_chosen_answers_go_to_a_new_theme_and_both_remember_who_did_it(wave, voice):
    found, bus, _ = make_coded(wave, voice)
    chosen = [found[words] for words in BUS[:3]]
    new = split_off(bus, chosen, voice, new=Naming("School buses", "", sensitive=False))
    assert [held(one) for one in chosen] == [{new}] * 3
    assert held(found[BUS[3]]) == {bus}
    assert [(one.by, one.did) for one in analysis.history(bus)][-1] == (
        "Ada",
        "split: some answers went to “School buses”",
    )
    assert [one.did for one in analysis.history(new)][-1] == "took answers that were split off “Late buses”"


def test_no_later_run_puts_an_answer_back(wave, voice):
    found, bus, park = make_coded(wave, voice)
    split_off(bus, [found[BUS[0]]], voice, into=park)
    do_all()
    assert codings(found[BUS[0]])[bus].refused
    assert held(found[BUS[0]]) == {park}
    suggested = db.session.query(CodingRow).filter_by(theme_id=bus, confirmed_by=None)
    assert suggested.count()  # control: others are still suggested for it


def test_what_people_said_and_examples_go_along(wave, voice):
    found, bus, park = make_coded(wave, voice)
    reading.mark_read(found[BUS[0]], by=voice, today=today())
    frame.add_example(bus, found[BUS[0]], belongs=True, by=voice, today=today())
    split_off(bus, [found[BUS[0]]], voice, into=park)
    said = db.session.query(CodedThemeRow).filter_by(excerpt_key=bytes.fromhex(found[BUS[0]]))
    assert [row.theme_id for row in said] == [park]
    assert [row.theme_id for row in db.session.query(ThemeExampleRow)] == [park]


def test_a_merge_takes_them_along_too(wave, voice):
    found, bus, park = make_coded(wave, voice)
    reading.mark_read(found[BUS[0]], by=voice, today=today())
    frame.add_example(bus, found[BUS[0]], belongs=True, by=voice, today=today())
    code(found[BUS[1]], bus, park, by=voice)
    themes.merge(bus, park, by=voice, today=today())
    db.session.commit()
    assert {row.theme_id for row in db.session.query(CodedThemeRow)} == {park}
    assert [row.theme_id for row in db.session.query(ThemeExampleRow)] == [park]


def test_what_is_split_off_a_sensitive_theme_is_sensitive_until_somebody_says_otherwise(wave, voice):
    found = make_excerpts(wave, *BUS[:3])
    harm = make_theme("Harm", voice, sensitive=True)
    reading.confirm(harm, list(found.values()), by=voice)
    new = split_off(harm, [found[BUS[0]]], voice, new=Naming("Other", "", sensitive=False))
    assert analysis.theme(new).sensitive


@pytest.mark.parametrize(("count", "words"), [(0, "Tick the answers"), (12, "These are all its answers")])
def test_a_split_needs_some_of_the_answers(wave, voice, count, words):
    found = make_excerpts(wave, *BUS)
    bus = make_theme("Buses", voice)
    reading.confirm(bus, list(found.values()), by=voice)
    with pytest.raises(NotValid, match=words):
        split(bus, list(found.values())[:count], Where(new=Naming("X", "", sensitive=False)), by=voice, today=today())


def test_nothing_goes_to_the_theme_itself_or_to_one_put_away(wave, voice):
    found, bus, park = make_coded(wave, voice)
    themes.retire(park, by=voice, today=today())
    with pytest.raises(NotValid, match="another theme"):
        split(bus, [found[BUS[0]]], Where(into=bus), by=voice, today=today())
    with pytest.raises(NotOpen, match="put away"):
        split(bus, [found[BUS[0]]], Where(into=park), by=voice, today=today())


def test_receipts_of_a_reported_wave_stay_with_the_old_theme(wave, voice):
    for words in BUS:
        make_response(wave, words=words)
    found = make_excerpts(wave)
    bus = make_theme("Buses", voice)
    reading.confirm(bus, list(found.values()), by=voice)
    read_everything(voice)
    waves.close_wave(wave.id, roles=["voice"])
    reporting.report_wave("youth", by=voice)
    new = split_off(bus, [found[BUS[0]]], voice, new=Naming("New", "", sensitive=False))
    kept = {row.theme_id for row in db.session.query(ThemeReceiptRow)}
    assert kept == {bus}
    assert new not in kept


def test_a_theme_is_split_on_its_page(wave, voice, visitor):
    found, bus, _ = make_coded(wave, voice)
    sign_in(visitor, voice)
    path = f"/desk/themes/{bus}/split"
    assert f'href="{path}"' in visitor.get(f"/desk/themes/{bus}").text
    assert BUS[0] in visitor.get(path).text
    assert BUS[0] not in visitor.get(f"{path}?words=never").text
    wrong = visitor.fill_in(path, chosen=[found[BUS[0]]], into=0, name="")
    assert wrong.status_code == 422
    assert "Give the new theme a name" in wrong.text
    assert "checked" in wrong.text
    everything = visitor.fill_in(path, chosen=[found[words] for words in BUS[:8]], into=0, name="All")
    assert everything.status_code == 422
    assert "These are all its answers" in everything.text
    right = visitor.fill_in(path, chosen=[found[BUS[0]]], into=0, name="School buses")
    assert "School buses" in visitor.get(right.location).text
    assert "Late buses" in visitor.get(f"/desk/themes/{bus}").text
