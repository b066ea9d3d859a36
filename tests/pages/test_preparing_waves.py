"""A wave is prepared: each check by its name, what is missing, where to mend it; then it stays as promised."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import now, today
from engage.surveys.actions import waves
from engage.surveys.models import SettingRow
from engage.surveys.queries.waves import setting, settings, wave
from engage.surveys.rules.opening import Ready, opening_checks, runs
from engage.surveys.rules.shipped import shipped
from engage.worker import clock
from tests.people import make_person, sign_in
from tests.surveys import TEXTS, fill_rota, make_wave

FACTS = {"audience": "The listening team", "can_change": "Places", "cannot_change": "The law", "minimum": "8"}


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def typed(**changes):
    day = today()
    days = {name: day + timedelta(days=n) for name, n in (("opens_on", 1), ("closes_on", 9), ("panel_on", 20))}
    return {"title": "Another title", "promised_on": day + timedelta(days=40), **days, **FACTS, **changes}


def test_each_check_is_named_with_what_is_missing_and_a_way_to_mend_it(voice):
    make_wave(opened=False, audience=" ", translations={"pl": TEXTS})
    page = voice.get("/desk/surveys/youth").text
    assert page.count(">Missing<") == 3
    assert page.count(">There<") == 4
    for mended_at in ("/desk/surveys/youth/change", "/desk/surveys/youth/words/ar", "/desk/alerts/rota/"):
        assert f'href="{mended_at}"' in page
    assert "/desk/surveys/youth/words/pl" not in page.partition("Where answers come from")[0]


def test_a_check_that_holds_is_not_missing_any_more(voice):
    made = make_wave(opened=False)
    fill_rota(made.opens_on, made.closes_on)
    page = voice.get("/desk/surveys/youth").text
    assert page.count(">There<") == 7
    assert ">Missing<" not in page
    assert "Named to read:" in page


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"audience": ""}, "audience"),
        ({"can_change": " "}, "change"),
        ({"cannot_change": ""}, "change"),
        ({"translations": ()}, "languages"),
        ({"closes_on": date(2020, 1, 1)}, "days"),
        ({"promised_on": date(2020, 1, 1)}, "promise"),
    ],
)
def test_each_thing_that_is_taken_away_is_the_one_that_is_missing(database, change, name):
    made = make_wave(opened=False)
    ready = Ready(today(), (), signposts_old=False, languages=("en", "pl", "ar"))
    assert [check.name for check in opening_checks(made, ready) if check.missing] == []
    changed = replace(made, **change)
    assert [check.name for check in opening_checks(changed, ready) if check.missing] == [name]


def test_a_survey_for_one_answer_each_opens_only_by_card(database):
    made = make_wave(opened=False)
    ready = Ready(today(), (), signposts_old=False, languages=("en", "pl", "ar"), one_each=shipped("voluntary").by_card)
    assert [check.name for check in opening_checks(made, ready) if check.missing] == ["cards"]
    assert not [check for check in opening_checks(replace(made, by_card=True), ready) if check.missing]
    assert not shipped("youth").by_card, "the others open by a link"


def test_days_without_a_reader_are_told_in_runs_over_a_weekend():
    friday = date(2026, 11, 27)
    days = [friday - timedelta(days=3), friday, friday + timedelta(days=3)]
    assert runs(days) == [(days[0], days[0]), (friday, days[2])]


def test_until_it_opens_a_wave_is_changed_and_keeps_its_address_and_languages(voice):
    make_wave(opened=False)
    assert 'value="Youth survey"' in voice.get("/desk/surveys/youth/change").text
    changed = typed(mode="known", sensitive="y", modules=["police"], minimum="12")
    assert voice.fill_in("/desk/surveys/youth/change", **changed).status_code == 303
    found = wave("youth")
    assert (found.title, found.mode, found.sensitive, found.minimum) == ("Another title", "known", True, 12)
    assert (found.opens_on, found.modules) == (typed()["opens_on"], ("police",))
    assert dict(dict(found.translations)["pl"]) == TEXTS


def test_days_in_the_wrong_order_are_refused_in_words_and_what_was_typed_stays(voice):
    make_wave(opened=False)
    answer = voice.fill_in("/desk/surveys/youth/change", **typed(closes_on=today() + timedelta(days=99)))
    assert answer.status_code == 422
    assert "in this order" in answer.text
    assert 'value="Another title"' in answer.text
    assert wave("youth").title == "Youth survey"


def test_once_it_was_open_nobody_changes_what_young_people_were_told(voice):
    made = make_wave()
    page = voice.get("/desk/surveys/youth").text
    assert "/desk/surveys/youth/change" not in page
    assert voice.get("/desk/surveys/youth/change").status_code == 409
    waves.pause_wave(made.id, roles=["voice"])
    db.session.commit()
    page = voice.fill_in("/desk/surveys/new", "/desk/surveys/youth/change", **typed(mode="known"))
    assert page.status_code == 409
    assert wave("youth").mode == "private"


def test_whoever_comes_too_late_reads_the_closing_words_in_their_language(voice):
    made = make_wave()
    words = {"en-words": "We heard 200 of you.", "pl-words": "Dziękujemy!", "ar-words": ""}
    assert voice.fill_in("/desk/surveys/youth/closing", **words).status_code == 303
    assert "We heard 200" not in voice.get("/s/youth").text
    waves.close_wave(made.id, roles=["voice"])
    db.session.commit()
    assert "We heard 200 of you." in voice.get("/s/youth?lang=en").text
    assert "Dziękujemy!" in voice.get("/s/youth?lang=pl").text
    assert "We heard 200 of you." in voice.get("/s/youth?lang=ar").text


def test_a_setting_is_changed_and_its_link_stays(voice):
    made = make_wave()
    code = waves.add_setting(made.id, name="Invented School")
    db.session.commit()
    at = f"/desk/surveys/youth/settings/{code}"
    assert voice.fill_in(at, name="Another School", target="40", contact="head").status_code == 422
    assert voice.fill_in(at, name="Another School", target="40", contact="head@example.org").status_code == 303
    found = setting(made.id, code)
    assert (found.name, found.target, found.contact) == ("Another School", 40, "head@example.org")
    raw = db.session.connection().exec_driver_sql("SELECT contact FROM setting").scalar()
    assert b"example" not in bytes(raw)


def test_a_setting_is_taken_away_before_the_wave_opens_and_stays_afterwards(voice):
    made = make_wave(opened=False)
    first, second = (waves.add_setting(made.id, name=name) for name in ("First School", "Second School"))
    db.session.commit()
    at = "/desk/surveys/youth/settings/"
    assert voice.fill_in(at + first, f"{at}{first}/remove").status_code == 303
    fill_rota(made.opens_on, made.closes_on)
    waves.open_wave(made.id, today=today(), roles=["voice"])
    db.session.commit()
    assert voice.fill_in(at + second, f"{at}{second}/remove").status_code == 409
    assert [one.name for one in settings(made.id)] == ["Second School"]


def test_the_night_forgets_whom_to_remind_once_the_wave_is_over(database):
    over = make_wave(closes_on=today() + timedelta(days=1))
    still = make_wave("late")
    for each in (over, still):
        waves.add_setting(each.id, name="Invented School", contact="head@example.org")
    db.session.commit()
    clock.every_night(now(), today() + timedelta(days=2))
    kept = select(SettingRow.wave_id).where(SettingRow.contact.is_not(None))
    assert list(db.session.scalars(kept)) == [still.id]


@pytest.mark.parametrize("role", [Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER, Role.ADMIN])
def test_others_change_nothing(visitor, role):
    made = make_wave(opened=False)
    code = waves.add_setting(made.id, name="Invented School")
    db.session.commit()
    sign_in(visitor, make_person(role))
    for page in ("change", "closing", f"settings/{code}"):
        assert visitor.get(f"/desk/surveys/youth/{page}").status_code == 403
