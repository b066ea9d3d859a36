"""Themes are suggested by counting words; what people decide about them stays, whatever is found later."""

import pytest
from sqlalchemy import func, select

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading, reporting, themes
from engage.analysis.jobs import do_all
from engage.analysis.models import CodingRow, ExcerptRow, ThemeReceiptRow, ThemeRow
from engage.analysis.rules import Naming
from engage.analysis.rules.matching import Known, match, named
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.shared.errors import NotOpen
from engage.surveys.actions import waves
from engage.surveys.models import ResponseRow
from tests.answers import BUS, TALK, make_excerpts, make_response, read_everything
from tests.people import make_person, sign_in
from tests.surveys import make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def find(subject="wave:youth"):
    wanted.want("themes", subject)
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting()] == []
    db.session.expire_all()
    return {line.theme.id: line for line in analysis.theme_lines("candidate")}


def theme_about(word):
    """The largest of the themes suggested that a word marks: a small one beside it is not always found again."""
    about = [line for line in analysis.theme_lines("candidate") if word in line.theme.words]
    return max(about, key=lambda line: line.suggested).theme


def codings(theme_id):
    db.session.expire_all()
    return {row.excerpt_key.hex(): row for row in db.session.query(CodingRow).filter_by(theme_id=theme_id)}


def test_answers_that_say_the_same_are_suggested_as_one_theme(wave):
    found = make_excerpts(wave, *TALK)
    lines = find()
    assert 4 <= len(lines) <= 20
    assert all(line.exemplars for line in lines.values())
    bus = codings(theme_about("bus").id)
    assert found["the bus is always late"] in bus
    assert all(row.confirmed_by is None for row in bus.values())


def test_a_second_search_finds_the_same_themes_with_the_same_ids(wave):
    make_excerpts(wave, *TALK)
    first = {number: line.theme.name for number, line in find().items()}
    assert {number: line.theme.name for number, line in find().items()} == first


def _keys(words):
    return {row.key for row in db.session.scalars(select(ExcerptRow)) if row.words == words}


def test_the_same_words_always_have_the_same_theme(wave):
    make_excerpts(wave, *TALK, *(["the bus is always late"] * 5))
    find()
    same = select(CodingRow.theme_id).where(CodingRow.excerpt_key.in_(_keys("the bus is always late")))
    assert len(set(db.session.scalars(same))) == 1
    assert len(_keys("the bus is always late")) == 6


def test_human_decisions_survive_the_next_search(wave, voice):
    found = make_excerpts(wave, *TALK)
    find()
    bus = theme_about("bus")
    yes, no = found["the bus is always late"], found["late bus again"]
    reading.confirm(bus.id, [yes], by=voice)
    reading.refuse(bus.id, [no], by=voice)
    themes.describe(bus.id, Naming("Late buses", "Buses that come late", sensitive=False), by=voice, today=today())
    themes.select_theme(bus.id, by=voice, today=today())
    db.session.commit()
    make_excerpts(wave, "the bus was late on monday", "the lights in the park again")
    find()
    again = analysis.theme(bus.id)
    assert (again.name, again.state) == ("Late buses", "selected")
    assert codings(bus.id)[yes].confirmed_by == voice.id
    assert codings(bus.id)[no].refused
    assert len(codings(bus.id)) > 2
    assert "Late buses" not in [line.theme.name for line in analysis.theme_lines("candidate")]


def test_a_theme_put_away_is_not_suggested_again(wave, voice):
    make_excerpts(wave, *TALK)
    find()
    bus = theme_about("bus")
    themes.retire(bus.id, by=voice, today=today())
    db.session.commit()
    find()
    assert analysis.theme(bus.id).state == "retired"
    assert not any(row.confirmed_by is None for row in codings(bus.id).values())


def test_merging_moves_answers_and_later_finds_follow(wave, voice):
    found = make_excerpts(wave, *TALK)
    find()
    bus, park = theme_about("bus"), theme_about("park")
    reading.confirm(bus.id, [found["the bus is always late"]], by=voice)
    themes.merge(bus.id, park.id, by=voice, today=today())
    db.session.commit()
    assert codings(bus.id) == {}
    assert codings(park.id)[found["the bus is always late"]].confirmed_by == voice.id
    find()
    assert analysis.theme(bus.id).merged_into == park.id
    assert codings(bus.id) == {}
    assert len(codings(park.id)) > 3
    assert [deed.did for deed in analysis.history(bus.id)][-1].startswith("merged into")


def test_too_few_answers_give_no_themes_and_no_failure(wave):
    make_excerpts(wave, "one", "two words", "n/a")
    assert find() == {}


def test_nothing_but_stock_answers_gives_no_themes(wave):
    make_excerpts(wave, *["nothing", "n/a", "no", "none"] * 8)
    assert find() == {}


def test_the_team_selects_names_and_codes_on_the_pages(wave, voice, visitor):
    make_excerpts(wave, *TALK)
    find()
    bus = theme_about("bus")
    sign_in(visitor, voice)
    assert bus.name in visitor.get("/desk/themes/").text
    path = f"/desk/themes/{bus.id}"
    visitor.fill_in(path, to=f"{path}/describe", name="Late buses", definition="Buses that come late")
    visitor.fill_in(path, to=f"{path}/select")
    shown = [answer.id for answer in analysis.suggested_for(bus.id)]
    visitor.fill_in(path, to=f"{path}/answers", shown=shown, kept=shown[1:])
    page = visitor.get(path).text
    assert "Late buses" in page
    assert f"/desk/concerns/new?theme={bus.id}" in page
    assert [row.refused for row in codings(bus.id).values()].count(True) == 1
    assert sum(row.confirmed_by == voice.id for row in codings(bus.id).values()) == len(shown)
    assert "taken into use" in page


def test_a_theme_needs_a_name(wave, voice, visitor):
    sign_in(visitor, voice)
    answer = visitor.fill_in("/desk/themes/", to="/desk/themes/new", name=" ")
    assert answer.status_code == 422
    assert "Give it a name" in answer.text


def test_the_button_asks_the_worker_and_the_page_shows_how_far_it_is(wave, voice, visitor):
    make_excerpts(wave, *BUS)
    sign_in(visitor, voice)
    visitor.fill_in("/desk/themes/", to="/desk/themes/look", subject="wave:youth")
    assert "waiting for the worker" in visitor.get("/desk/themes/").text
    assert visitor.fill_in("/desk/themes/", to="/desk/themes/look", subject="wave:none").status_code == 404


def test_evidence_shows_rounded_counts_and_checked_words_only(wave, voice):
    found = make_excerpts(wave, *BUS)
    bus = analysis.theme(themes.add(Naming("Buses", "", sensitive=False), by=voice, today=today()))
    reading.confirm(bus.id, [found[words] for words in BUS], by=voice)
    db.session.commit()
    evidence = analysis.evidence_of([bus.id])
    assert [(one.place, one.count) for one in evidence.origins] == [("Youth survey", "10")]
    assert evidence.excerpts == ()
    reading.mark_read(found["the bus is always late"], by=voice, today=today())
    db.session.commit()
    assert analysis.evidence_of([bus.id]).excerpts == ("the bus is always late",)


def test_few_answers_are_not_counted_out_loud(wave, voice):
    found = make_excerpts(wave, *BUS[:7])
    theme_id = themes.add(Naming("Buses", "", sensitive=False), by=voice, today=today())
    reading.confirm(theme_id, list(found.values()), by=voice)
    db.session.commit()
    assert [one.count for one in analysis.evidence_of([theme_id]).origins] == ["*"]


def make_reported(wave, voice, *, sensitive=False, texts=BUS):
    receipts = [make_response(wave, words=words) for words in texts]
    found = make_excerpts(wave)
    theme_id = themes.add(Naming("Buses", "", sensitive=sensitive), by=voice, today=today())
    reading.confirm(theme_id, list(found.values()), by=voice)
    read_everything(voice)
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()
    return theme_id, receipts


def test_a_receipt_knows_its_themes_before_and_after_the_report(wave, voice):
    theme_id, receipts = make_reported(wave, voice)
    assert analysis.themes_of_receipt(receipts[0]) == [theme_id]
    reporting.report_wave("youth", by=voice)
    db.session.commit()
    assert db.session.scalar(select(func.count()).where(ResponseRow.receipt_hash.is_not(None))) == 0
    assert analysis.themes_of_receipt(receipts[0]) == [theme_id]
    assert analysis.knows_receipt(receipts[0])
    assert not analysis.knows_receipt(b"x" * 32)


@pytest.mark.parametrize(("sensitive", "texts"), [(True, BUS), (False, BUS[:7])])
def test_sensitive_or_small_themes_are_never_tied_to_a_receipt(wave, voice, sensitive, texts):
    _, receipts = make_reported(wave, voice, sensitive=sensitive, texts=texts)
    reporting.report_wave("youth", by=voice)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(ThemeReceiptRow)) == 0
    assert analysis.themes_of_receipt(receipts[0]) == []


def test_a_theme_merged_later_still_opens_with_the_receipt(wave, voice):
    theme_id, receipts = make_reported(wave, voice)
    reporting.report_wave("youth", by=voice)
    other = themes.add(Naming("Getting around", "", sensitive=False), by=voice, today=today())
    themes.merge(theme_id, other, by=voice, today=today())
    db.session.commit()
    assert analysis.themes_of_receipt(receipts[0]) == [theme_id, other]


def test_a_wave_with_unread_answers_cannot_be_reported(wave, voice, visitor):
    make_reported(wave, voice)
    reading.mark_unread(make_excerpts(wave)["late bus again"])
    db.session.commit()
    with pytest.raises(NotOpen, match="unread"):
        reporting.report_wave("youth", by=voice)
    db.session.rollback()
    sign_in(visitor, voice)
    assert "Read them first" in visitor.get("/desk/themes/report/youth").text


def test_reporting_is_a_page_with_one_button(wave, voice, visitor):
    make_reported(wave, voice)
    sign_in(visitor, voice)
    answer = visitor.fill_in("/desk/themes/report/youth")
    assert answer.status_code == 303
    assert "is reported" in visitor.get("/desk/themes/report/youth").text


def test_a_found_theme_is_known_by_the_answers_it_shares():
    answers = frozenset({b"1", b"2", b"3", b"4"})
    known = [Known(7, answers), Known(8, frozenset({b"8", b"9"}))]
    assert match([frozenset({b"1", b"2", b"3"}), frozenset({b"5"})], known) == {0: 7}
    assert match([frozenset({b"1", b"2"}), frozenset({b"3", b"4"})], [Known(7, answers)]) == {0: 7}
    assert match([frozenset({b"1", b"2"}), frozenset({b"3", b"4"})], [Known(7, answers, took_in=True)]) == {0: 7, 1: 7}


@pytest.mark.parametrize(
    ("words", "phrases", "name"),
    [
        (("bus", "late", "stop"), (), "Bus, late, stop"),
        (("time", "waiting", "hours"), ("book transport", "waiting time"), "Waiting time, hours, book transport"),
        ((), ("youth club",), "Youth club"),
        (("sorry", "heard"), ("sorry sorry",), "Sorry, heard"),
        ((), (), "Theme without words"),
    ],
)
def test_a_first_name_is_made_of_the_words_that_mark_a_theme(words, phrases, name):
    assert named(words, phrases) == name


def test_a_theme_by_hand_is_used_at_once(wave, voice):
    theme_id = themes.add(Naming("Vapes", "", sensitive=True), by=voice, today=today())
    db.session.commit()
    assert db.session.get(ThemeRow, theme_id).state == "selected"
    assert [one.name for one in analysis.themes()] == ["Vapes"]
