"""The voice team prepares a wave, opens it when everything is there, watches the counts, pauses and closes it."""

import re
import secrets
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.settings import Settings
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.actions.sittings import Sending, send
from engage.surveys.forms.wave import DAYS
from engage.surveys.models import ResponseRow, SettingRow
from engage.surveys.queries.sittings import sitting_of
from engage.surveys.queries.waves import surveys, wave
from engage.surveys.queries.waves import waves as all_waves
from engage.surveys.rules.answers import Answer
from tests.people import make_person, sign_in
from tests.surveys import TEXTS, fill_rota, make_wave


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def typed(**changes):
    day = today()
    return {
        "code": "youth-2027",
        "title": "Youth survey",
        "opens_on": day,
        "closes_on": day + timedelta(days=9),
        "panel_on": day + timedelta(days=20),
        "promised_on": day + timedelta(days=40),
        "audience": "The listening team",
        "can_change": "Places to go",
        "cannot_change": "The law",
        "minimum": "8",
        **changes,
    }


def publish(voice):
    voice.fill_in("/desk/surveys/", "/desk/surveys/publish/youth")
    return all_waves


def test_a_survey_is_published_and_a_wave_prepared_opened_and_answered(voice):
    assert voice.fill_in("/desk/surveys/", "/desk/surveys/publish/youth").status_code == 303
    page = voice.get("/desk/surveys/new").text
    version = page.split('<option value="')[1].split('"')[0]
    answer = voice.fill_in("/desk/surveys/new", version_id=version, **typed(modules=["police"]))
    assert answer.location == "/desk/surveys/youth-2027"
    assert wave("youth-2027").modules == ("police",)

    refused = voice.fill_in("/desk/surveys/youth-2027", "/desk/surveys/youth-2027/open")
    assert refused.status_code == 409
    assert "not yet there in every language" in refused.text
    for language in Settings.languages[1:]:
        voice.fill_in(f"/desk/surveys/youth-2027/words/{language}", **TEXTS)

    refused = voice.fill_in("/desk/surveys/youth-2027", "/desk/surveys/youth-2027/open")
    assert "Fill the duty rota first" in refused.text
    fill_rota(today(), today() + timedelta(days=9))

    assert voice.fill_in("/desk/surveys/youth-2027", "/desk/surveys/youth-2027/open").status_code == 303
    assert '"/s/youth-2027"' in voice.get("/").text
    assert voice.get("/s/youth-2027").status_code == 200


def test_a_template_is_offered_by_its_title(visitor):
    sign_in(visitor, make_person(Role.VOICE))
    page = visitor.get("/desk/surveys/").text
    assert "Publish Children in care, 4 to 7" in page
    assert "care_4," not in page.lower()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "Not A Word"}, "small letters, digits and hyphens"),
        ({"closes_on": date(2020, 1, 1)}, "in this order"),
        ({"title": ""}, "Give it a title"),
        ({"minimum": "3"}, "Number must be at least 8"),
    ],
)
def test_a_wave_that_does_not_hold_together_is_refused_in_words(voice, changes, words):
    publish(voice)
    version = voice.get("/desk/surveys/new").text.split('<option value="')[1].split('"')[0]
    answer = voice.fill_in("/desk/surveys/new", version_id=version, **typed(**changes))
    assert answer.status_code == 422
    assert words in answer.text
    assert all_waves() == []


def test_the_same_words_published_twice_are_one_version(database):
    first = waves.publish_template("youth", today=today())
    assert waves.publish_template("youth", today=today()) == first


def test_counts_are_rounded_and_small_ones_hidden(voice):
    made = make_wave()
    code = waves.add_setting(made.id, name="Invented School", target=30)
    db.session.commit()
    for n in range(13):
        sending = Sending((Answer("lives", ("live",)),), "en", None)
        send(wave=made, sitting=sitting_of(f"youth:{n}"), sending=sending, today=today())
    db.session.commit()
    page = voice.get("/desk/surveys/youth").text
    assert "<strong>15</strong>" in page
    assert "fewer than 8" in page
    assert code in page


@pytest.mark.parametrize(("verb", "state"), [("pause", "paused"), ("close", "closed")])
def test_a_wave_is_stopped_with_a_button(voice, verb, state):
    make_wave()
    assert voice.fill_in("/desk/surveys/youth", f"/desk/surveys/youth/{verb}").status_code == 303
    db.session.rollback()
    assert wave("youth").state == state
    assert '"/s/youth"' not in voice.get("/").text


def test_a_paused_wave_goes_on(voice):
    made = make_wave()
    waves.pause_wave(made.id, roles=["safeguarding"])
    db.session.commit()
    assert voice.fill_in("/desk/surveys/youth", "/desk/surveys/youth/resume").status_code == 303
    db.session.rollback()
    assert wave("youth").state == "open"


def test_a_closed_wave_does_not_open_again(voice):
    made = make_wave()
    waves.close_wave(made.id, roles=["voice"])
    db.session.commit()
    answer = voice.fill_in("/desk/surveys/new", "/desk/surveys/youth/open")
    assert answer.status_code == 409
    assert "moved this on already" in answer.text


def test_a_poster_shows_the_link_and_a_code_of_its_setting(voice):
    made = make_wave()
    code = waves.add_setting(made.id, name="Invented School")
    db.session.commit()
    page = voice.get(f"/desk/surveys/youth/poster/{code}").text
    assert f"/s/youth/at/{code}" in page
    drawn = voice.get(f"/desk/surveys/youth/poster/{code}/code.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert "<svg" in drawn.text
    assert voice.get("/desk/surveys/youth/poster/-").status_code == 200
    assert voice.get("/desk/surveys/youth/poster/nowhere").status_code == 404


@pytest.mark.parametrize("role", [Role.AGENCY, Role.AMBASSADOR, Role.ADMIN])
def test_others_do_not_see_waves(visitor, role):
    make_wave()
    sign_in(visitor, make_person(role))
    assert visitor.get("/desk/surveys/").status_code == 403
    assert visitor.get("/desk/surveys/youth").status_code == 403


def test_looking_is_not_touching(visitor):
    make_wave()
    sign_in(visitor, make_person(Role.PQA))
    page = visitor.get("/desk/surveys/youth")
    assert page.status_code == 200
    assert "Pause it" not in page.text


def test_no_number_of_a_setting_can_be_taken_from_the_total(visitor):
    wave = make_wave()
    for name in ("School A", "School B", "Home C"):
        waves.add_setting(wave.id, name=name)
    of = dict(db.session.execute(select(SettingRow.name, SettingRow.id)).tuples().all())
    for name, number in (("School A", 13), ("School B", 13), ("Home C", 1)):
        for _ in range(number):
            add_response(wave, of[name])
    db.session.commit()
    page = sign_in(visitor, make_person(Role.SCRUTINEER)).get("/desk/surveys/youth").text
    assert re.findall(r"<strong>(\w+)</strong>\s*<span>answers so far", page) == ["25"]
    cells = re.findall(r'<td class="n">([^<]*\w[^<]*)</td>', page)
    assert cells == ["fewer than 8", "8 or more", "8 or more", "fewer than 8"]


def add_response(wave, setting_id):
    db.session.add(
        ResponseRow(
            key=secrets.token_bytes(16), wave_id=wave.id, setting_id=setting_id, language="en", sent_on=today(),
            receipt_hash=secrets.token_bytes(32),
        )
    )  # fmt: skip


def test_who_reads_it_cannot_change_once_young_people_were_told(visitor):
    make_wave()
    voice = sign_in(visitor, make_person(Role.VOICE))
    changed = TEXTS | {"audience": "Wszyscy nauczyciele"}
    assert voice.fill_in("/desk/surveys/youth/words/pl", **changed).status_code == 409
    assert dict(dict(wave("youth").translations)["pl"])["audience"] == TEXTS["audience"]


def test_before_a_wave_opens_its_words_are_mended(visitor):
    make_wave(opened=False)
    voice = sign_in(visitor, make_person(Role.VOICE))
    changed = TEXTS | {"audience": "Zespół, który słucha"}
    assert voice.fill_in("/desk/surveys/youth/words/pl", **changed).status_code == 303
    assert dict(dict(wave("youth").translations)["pl"])["audience"] == changed["audience"]


def test_only_what_the_chosen_survey_can_ask_more_is_offered(voice):
    for template in ("care", "youth"):
        waves.publish_template(template, today=today())
    db.session.commit()
    page = voice.get("/desk/surveys/new?survey=care").text
    assert 'value="police"' not in page
    offered, youth = re.search(r'name="offered"[^>]*value="([^"]*)"', page)[1], version_of("youth")
    looked = voice.fill_in("/desk/surveys/new", version_id=youth, offered=offered, other_survey="y", **typed(title="T"))
    assert (looked.status_code, 'value="police"' in looked.text, 'value="T"' in looked.text) == (422, True, True)
    asked = voice.fill_in("/desk/surveys/new", version_id=youth, offered=offered or "none", **typed())
    assert (asked.status_code, "This survey can ask more" in asked.text) == (422, True)
    assert all_waves() == []
    offered = re.search(r'name="offered"[^>]*value="([^"]*)"', asked.text)[1]
    kept = voice.fill_in("/desk/surveys/new", version_id=youth, offered=offered, **typed(modules=["police"]))
    assert (kept.status_code, wave("youth-2027").modules) == (303, ("police",))
    assert 'value="police"' in voice.get("/desk/surveys/youth-2027/change").text


def version_of(code):
    return next(survey.version_id for survey in surveys() if survey.code == code)


def test_a_wave_still_a_draft_on_its_first_day_names_no_day(voice, visitor):
    make_wave(opened=False)
    assert "Come back in a day or two." in visitor.get("/s/youth").text
    make_wave("later", opened=False, **{name: today() + timedelta(days=n) for n, name in enumerate(DAYS, start=3)})
    assert "It opens on" in visitor.get("/s/later").text
