"""The reading queue: redacted, worrying ones first, all of them until a person read them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import reading
from engage.analysis.actions.themes import add
from engage.analysis.jobs import do_all
from engage.analysis.models import CodingRow, ExcerptRow
from engage.analysis.rules import Naming, pieces
from engage.safeguarding.actions import acknowledge, add_reader
from engage.safeguarding.models import AlertRow
from engage.shared import db, wanted
from engage.shared.clock import now, today
from engage.surveys.actions.feedback import forget_feedback
from engage.surveys.actions.sittings import delete_sent
from tests.answers import BUS, WORRYING, excerpts, make_excerpts, make_response, make_source
from tests.ended import make_ended, say
from tests.people import make_person, sign_in
from tests.surveys import count, make_wave


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def reader(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def test_personal_details_are_out_before_anybody_reads(wave, reader):
    make_excerpts(wave, "text me on 07700 900123 about the park")
    page = reader.get("/desk/reading/").text
    assert "07700" not in page
    assert '<mark class="gone">[phone]</mark>' in page
    assert "1 personal detail taken out" in page


def test_what_was_taken_out_is_named_in_no_reason(wave):
    said = "my uncle Reza Hosseini touches me at night since 12/03/2013"
    make_excerpts(wave, said)
    (row,) = db.session.scalars(select(ExcerptRow)).all()
    assert "touches" in row.why
    assert not {"reza", "hosseini", "12", "2013"} & set(row.why.lower().replace(",", " ").split())


def test_worrying_answers_come_first_and_raise_one_alert_each(wave, reader):
    make_excerpts(wave, "the bus is late", WORRYING, "more football please")
    words = [excerpt.words for excerpt in analysis.queue(analysis.Filters()).excerpts]
    assert words[0] == WORRYING
    assert len(words) == 3
    alert = db.session.scalars(select(AlertRow)).one()
    assert alert.words == WORRYING
    assert alert.receipt_hash is not None
    assert "Noticed" in reader.get("/desk/reading/").text


def test_a_reader_sees_that_the_safeguarding_lead_has_an_alert_already(wave, reader):
    found = make_excerpts(wave, WORRYING, "the bus is late")
    page = reader.get("/desk/reading/").text
    assert page.count("The safeguarding lead has an alert about it: it waits to be read") == 1
    assert "has an alert about it" not in reader.get(f"/desk/reading/{found['the bus is late']}").text
    row, lead = db.session.scalars(select(AlertRow)).one(), make_person(Role.SAFEGUARDING)
    acknowledge(row.id, by=lead, at=now())
    db.session.commit()
    assert "somebody is looking into it" in reader.get(f"/desk/reading/{found[WORRYING]}").text


def test_a_wave_that_is_open_comes_before_what_a_partner_sent_long_ago(reader, tmp_path):
    make_source(tmp_path, WORRYING, WORRYING + " again")
    make_excerpts(make_wave(), "the bus is late", "he hits me at home")
    page = reader.get("/desk/reading/").text
    words = [excerpt.words for excerpt in analysis.queue(analysis.Filters()).excerpts]
    assert (words[0], words[-1]) == ("he hits me at home", "the bus is late")
    assert "4 written answers wait" in page
    assert "2 come from waves that are open now" in page
    assert "Comments that a partner sent in a file raise no alert by themselves" in page


def test_a_worrying_answer_of_a_wave_that_ended_stands_before_a_calm_one_of_an_open_wave(database):
    say(make_ended("last"), "he hits me at home", flagged=True, urgency=0.3)
    make_excerpts(make_wave(), "the bus is late")
    words = [excerpt.words for excerpt in analysis.queue(analysis.Filters()).excerpts]
    assert words == ["he hits me at home", "the bus is late"]


def test_a_worrying_answer_without_an_alert_asks_for_a_verdict_from_whoever_reads(visitor, tmp_path):
    source = make_source(tmp_path, WORRYING, WORRYING + " again")
    do_all()
    assert source
    first, second = sorted(excerpts().values())
    lead = sign_in(visitor, make_person(Role.SAFEGUARDING))
    page = lead.get("/desk/reading/").text
    assert "Not worrying" in page
    lead.fill_in("/desk/reading/", to=f"/desk/reading/{first}/calm")
    lead.fill_in("/desk/reading/", to=f"/desk/reading/{second}/alert")
    assert "Every written answer here has been read" in lead.get("/desk/reading/").text
    assert count(AlertRow) == 1


def test_what_was_flagged_since_the_page_was_shown_is_not_read_with_all_others(wave, reader):
    found = make_excerpts(wave, "the bus is late", WORRYING)
    reader.fill_in("/desk/reading/", to="/desk/reading/read-all", answer=list(found.values()))
    assert [one.words for one in analysis.queue(analysis.Filters()).excerpts] == [WORRYING]


def test_waves_without_an_answer_cost_the_queue_nothing(reader, statements):
    seen = []
    for number in range(3):
        make_wave(f"youth-{number}", opened=False)
        statements.clear()
        reader.get("/desk/reading/")
        seen.append(len(statements))
    assert len(set(seen)) == 1


def test_reading_again_changes_nothing(wave):
    make_excerpts(wave, "the bus is late", WORRYING)
    before = excerpts()
    make_response(wave, words="a third one")
    assert len(make_excerpts(wave)) == 3
    assert before.items() <= excerpts().items()
    assert len(list(db.session.scalars(select(AlertRow.id)))) == 1


def test_an_answer_leaves_the_queue_when_a_person_says_read(wave, reader):
    found = make_excerpts(wave, "the bus is late", "no lights in the park")
    reader.fill_in("/desk/reading/", to=f"/desk/reading/{found['the bus is late']}/read")
    page = reader.get("/desk/reading/").text
    assert "the bus is late" not in page
    assert "no lights in the park" in page
    assert "the bus is late" in reader.get("/desk/reading/?show=read").text


def test_ticking_a_suggested_theme_confirms_it(wave, reader):
    found = make_excerpts(wave, "the bus is late")
    theme_id = add(Naming("Buses", "", sensitive=False), by=make_person(Role.VOICE), today=today())
    key = bytes.fromhex(found["the bus is late"])
    db.session.add(CodingRow(excerpt_key=key, theme_id=theme_id, closeness=0.5))
    db.session.commit()
    reader.fill_in("/desk/reading/", to=f"/desk/reading/{key.hex()}/read", themes=theme_id)
    assert db.session.scalars(select(CodingRow.confirmed_by)).one() is not None


def test_a_page_without_worrying_answers_can_be_read_at_once(wave, reader):
    found = make_excerpts(wave, *(f"answer number {number} about parks" for number in range(25)))
    page = reader.get("/desk/reading/").text
    assert "I have read all 20 on this page" in page
    shown = [excerpt_id for excerpt_id in found.values() if f'value="{excerpt_id}"' in page]
    reader.fill_in("/desk/reading/", to="/desk/reading/read-all", answer=shown)
    assert analysis.queue(analysis.Filters()).waiting == 5


def test_a_page_with_a_worrying_answer_has_no_button_for_all(wave, reader):
    make_excerpts(wave, WORRYING)
    assert "I have read all" not in reader.get("/desk/reading/").text


def test_opening_the_original_asks_why_and_is_written_down(wave, reader):
    excerpt_id = next(iter(make_excerpts(wave, "text me on 07700 900123").values()))
    path = f"/desk/reading/{excerpt_id}/original"
    assert reader.fill_in(f"/desk/reading/{excerpt_id}", to=path, reason="").status_code == 422
    typed = reader.fill_in(f"/desk/reading/{excerpt_id}", to=path, reason="Sam wrote that his dad hits him")
    assert typed.status_code == 422
    opened = reader.fill_in(f"/desk/reading/{excerpt_id}", to=path, reason="safe")
    assert "07700 900123" in opened.text
    line = db.session.scalars(select(AuditRow).where(AuditRow.did == "opened an original answer")).one()
    assert line.reason == "To see whether somebody is safe"
    assert "07700" not in line.about


def test_a_reason_counts_for_half_an_hour_and_on_the_rota_none_is_asked(app, wave, reader):
    second, first = (
        found for _, found in sorted(make_excerpts(wave, "text 07700 900123", "call 07700 900456").items())
    )
    path = f"/desk/reading/{second}/original"
    reader.fill_in(f"/desk/reading/{first}", to=f"/desk/reading/{first}/original", reason="safe")
    assert "07700 900456" in reader.fill_in(f"/desk/reading/{second}", to=path).text
    someone = make_person(Role.VOICE)
    other = sign_in(app.test_client(), someone)
    assert other.fill_in(f"/desk/reading/{second}", to=path).status_code == 422
    add_reader(someone.id, first=today(), last=today() + timedelta(days=3), deputy=False)
    db.session.commit()
    on_duty = other.fill_in(f"/desk/reading/{second}", to=path)
    assert on_duty.status_code == (200 if today().weekday() < 5 else 422)


def test_a_reader_can_raise_an_alert_about_anything(wave, reader):
    excerpt_id = next(iter(make_excerpts(wave, "it is fine now, he moved out").values()))
    reader.fill_in(f"/desk/reading/{excerpt_id}", to=f"/desk/reading/{excerpt_id}/alert")
    alert = db.session.scalars(select(AlertRow)).one()
    assert alert.words == "it is fine now, he moved out"
    assert alert.score == 1.0


def test_what_somebody_deleted_is_forgotten_here_too(wave):
    receipt = make_response(wave, words="please delete me")
    make_excerpts(wave, "the bus is late")
    delete_sent(wave_id=wave.id, receipt_hash=receipt)
    db.session.commit()
    make_excerpts(wave)
    assert list(excerpts()) == ["the bus is late"]


def test_forgetting_raw_words_in_time_keeps_what_people_made_of_them(database, tmp_path):
    source_id = make_source(tmp_path, *BUS)
    do_all()
    voice = make_person(Role.VOICE)
    theme_id = add(Naming("Late buses", "", sensitive=False), by=voice, today=today())
    reading.confirm(theme_id, excerpts().values(), by=voice)
    assert forget_feedback(today() + timedelta(days=1)) == len(BUS)
    wanted.want("read", f"source:{source_id}")
    db.session.commit()
    do_all()
    assert set(excerpts()) == set(BUS)
    assert count(CodingRow) == len(BUS)


@pytest.mark.parametrize("role", [Role.PQA, Role.ADMIN, Role.AGENCY, Role.SCRUTINEER, Role.AMBASSADOR])
def test_nobody_else_reads_unchecked_words(wave, visitor, role):
    found = make_excerpts(wave, "the bus is late")
    stranger = sign_in(visitor, make_person(role))
    for path in ("/desk/reading/", f"/desk/reading/{next(iter(found.values()))}", "/desk/themes/"):
        assert stranger.get(path).status_code == 403


def test_html_and_right_to_left_words_are_shown_as_they_are(wave, reader):
    make_excerpts(wave, "<script>alert(1)</script> shops", "الحديقة مظلمة في الليل ولا أحب المشي فيها")
    page = reader.get("/desk/reading/").text
    assert "&lt;script&gt;" in page
    assert 'lang="ar" dir="auto"' in page


def test_an_unknown_answer_is_not_found(wave, reader):
    for name in ("00", "not-hex", "ab" * 16):
        assert reader.get(f"/desk/reading/{name}").status_code == 404


def test_the_queue_takes_few_statements_however_many_wait(wave, reader, statements):
    make_excerpts(wave, *(f"answer number {number} about parks" for number in range(30)))
    statements.clear()
    reader.get("/desk/reading/")
    assert len(statements) <= 14


def test_old_words_are_forgotten(wave):
    make_excerpts(wave, "the bus is late")
    later = today().replace(year=today().year + 4)
    assert reading.forget_excerpts(later) == 1
    assert db.session.scalars(select(ExcerptRow.words)).one() is None


def test_placeholders_are_told_from_words():
    cut = [(piece.words, piece.gone) for piece in pieces("ask [name] at [school], ok [1]")]
    assert cut == [("ask ", False), ("[name]", True), (" at ", False), ("[school]", True), (", ok [1]", False)]


def test_today_says_what_waits(wave):
    make_excerpts(wave, WORRYING, "the bus is late")
    lines = analysis.waiting(make_person(Role.VOICE), today())
    assert [(line.count, line.late) for line in lines] == [(2, False), (1, False)]
    assert analysis.waiting(make_person(Role.PQA), today()) == []


def test_today_tells_safeguarding_of_what_scores_very_high_and_nobody_has_read(visitor, tmp_path):
    make_source(tmp_path, WORRYING, "the bus is late")
    do_all()
    lead = make_person(Role.SAFEGUARDING)
    line = next(one for one in analysis.waiting(lead, today()) if one.safety)
    assert (line.words, line.count) == ("Answers that score very high, have no alert, and nobody has read", 1)
    assert line.words in sign_in(visitor, lead).get("/desk/").text
    make_excerpts(make_wave(), WORRYING + " too")  # the control: this one has an alert
    assert next(one for one in analysis.waiting(lead, today()) if one.safety).count == 1


def test_today_counts_what_the_machine_has_not_made_ready(wave):
    make_response(wave, words=WORRYING)
    lines = analysis.waiting(make_person(Role.VOICE), today() + timedelta(days=9))
    assert [(line.count, line.since, line.late) for line in lines] == [(1, today(), True)]


@pytest.mark.parametrize("role", [Role.VOICE, Role.SAFEGUARDING])
def test_today_says_that_the_machine_could_not_make_answers_ready(wave, visitor, role):
    make_response(wave, words=WORRYING)
    wanted.take(now())
    wanted.fail("read", "wave:youth", "It broke.", taken_before=now())
    db.session.commit()
    page = sign_in(visitor, make_person(role)).get("/desk/").text
    assert "See why the machine could not make answers ready to read" in page
    assert "It broke." in visitor.get("/desk/themes/").text
