"""Four questions after a forum, by a code on the wall; the wave says which forum it follows."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from engage.accounts.rules import Role
from engage.forums.queries.forums import forum
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import ResponseRow, WaveRow
from engage.surveys.queries.waves import wave
from tests.forums import make_forum
from tests.people import make_person, sign_in
from tests.surveys import fill_rota, make_wave, token

ANSWERS = {
    "forum_space": "yes_very",
    "forum_voice": "mostly",
    "forum_audience": "a_bit",
    "forum_influence": "not_at_all",
}


def responses() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(ResponseRow)) or 0


def test_four_answers_are_sent_from_one_page_in_every_language(visitor):
    make_wave("after-forum", template="forum", title="The forum", about="forum 7")
    for language in ("en", "pl", "ar"):
        page = visitor.get(f"/s/after-forum?lang={language}").text
        assert page.count('name="forum_') >= 4
    typed = {**ANSWERS, "csrf_token": token(visitor.get("/s/after-forum").text)}
    assert visitor.post("/s/after-forum", data=typed).status_code == 303
    assert responses() == 1


def test_the_questions_after_a_forum_are_nearly_filled_in(visitor):
    make_wave("other", template="forum", opened=False)
    forum_id = make_forum()
    plan = forum(forum_id).plan
    sign_in(visitor, make_person(Role.VOICE))
    link = re.search(r'href="(/desk/surveys/new[^"]+)"', visitor.get(f"/desk/forums/{forum_id}").text)[1]
    page = visitor.get(unescape(link)).text
    for known in (f"forum {forum_id}", f"after-{forum(forum_id).slug}", f"{plan.meets_on}", f"{plan.promised_on}"):
        assert f'value="{known}"' in page
    answer = visitor.fill_in(
        unescape(link), **values(page) | {"can_change": "How it is run", "cannot_change": "The law"}
    )
    assert answer.status_code == 303
    made = wave(f"after-{forum(forum_id).slug}")
    assert (made.about, made.opens_on, made.minimum) == (f"forum {forum_id}", plan.meets_on, 8)


def values(page: str) -> dict[str, str]:
    """What stands in the boxes of the page already."""
    form = page.split("<main")[1]
    boxes = re.findall(r'<input[^>]*name="([a-z_]+)"[^>]*value="([^"]*)"', form)
    texts = re.findall(r'<textarea[^>]*name="([a-z_]+)"[^>]*>\s*([^<]*)</textarea>', form)
    chosen = re.findall(r'<option selected value="(\d+)"', form)
    return {**dict(boxes), **dict(texts), "version_id": chosen[0]}


@pytest.mark.parametrize("day", ["", "soon", "2026-13-45"])
def test_a_day_in_a_link_that_is_none_is_left_empty(visitor, day):
    sign_in(visitor, make_person(Role.VOICE))
    assert visitor.get(f"/desk/surveys/new?opens_on={day}&survey=none").status_code == 200


def test_a_wave_started_from_a_forum_carries_what_it_follows(visitor):
    make_wave("other", template="forum", opened=False)
    sign_in(visitor, make_person(Role.VOICE))
    page = visitor.get("/desk/surveys/new?about=forum+7").text
    assert 'value="forum 7"' in page
    version = re.search(r'<option value="(\d+)"', page)[1]
    days = {
        name: (today() + timedelta(days=n)).isoformat()
        for n, name in enumerate(("opens_on", "closes_on", "panel_on", "promised_on"), start=1)
    }
    typed = {"title": "The forum", "audience": "The team", "can_change": "How it is run", "cannot_change": "The law"}
    answer = visitor.fill_in(
        "/desk/surveys/new", version_id=version, code="after", about="forum 7", minimum="8", **days, **typed
    )
    assert answer.status_code == 303, answer.text
    assert wave("after").about == "forum 7"
    assert "It follows forum 7." in visitor.get(answer.location).text


def prepare(visitor, forum_id: int):
    page = f"/desk/forums/{forum_id}"
    known = forum(forum_id).questions_after
    names = ("about", "code", "opens_on", "closes_on", "promised_on")
    return visitor.fill_in(page, "/desk/surveys/after", **{name: known[name] for name in names})


def test_one_press_prepares_the_four_questions_in_every_language_and_opens_them(visitor):
    forum_id = make_forum()
    first = forum(forum_id).meets_on
    fill_rota(first, first + timedelta(days=20))
    sign_in(visitor, make_person(Role.VOICE))
    assert "Prepare the four questions" in visitor.get(f"/desk/forums/{forum_id}").text
    assert prepare(visitor, forum_id).status_code == 303
    made = wave(f"after-{forum(forum_id).slug}")
    assert (made.state, made.about, made.opens_on) == ("open", f"forum {forum_id}", forum(forum_id).meets_on)
    for language in ("en", "pl", "ar"):
        texts = made.in_(language)
        assert all((texts.title, texts.audience, texts.can_change, texts.cannot_change))
    assert len({made.in_(language).can_change for language in ("en", "pl", "ar")}) == 3
    assert "Prepare the four questions" not in visitor.get(f"/desk/forums/{forum_id}").text
    assert prepare_again(visitor, forum_id) == 1


def send(visitor, forum_id: int, **wrong: str):
    form_token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get(f"/desk/forums/{forum_id}").text)[1]
    known = {name: str(value) for name, value in forum(forum_id).questions_after.items()}
    return visitor.post("/desk/surveys/after", data={**known, **wrong, "csrf_token": form_token})


def prepare_again(visitor, forum_id: int) -> int:
    assert send(visitor, forum_id).status_code == 303
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(WaveRow)) or 0


def test_what_is_missing_is_said_days_before_and_not_on_the_evening(visitor):
    forum_id = make_forum()
    sign_in(visitor, make_person(Role.VOICE))
    prepare(visitor, forum_id)
    made = wave(f"after-{forum(forum_id).slug}")
    assert made.state == "draft"
    shown = visitor.get(f"/desk/surveys/{made.code}").text
    assert "Prepared in every language, and not open yet." in shown
    assert "On some working days nobody is named to read" in shown


@pytest.mark.parametrize("wrong", [{"about": "felt-check 3"}, {"opens_on": "soon"}, {"code": ""}])
def test_what_no_page_of_ours_sends_is_refused_in_a_sentence(visitor, wrong):
    forum_id = make_forum()
    sign_in(visitor, make_person(Role.VOICE))
    answer = send(visitor, forum_id, **wrong)
    assert (answer.status_code, "Open the page of the forum again" in answer.text) == (422, True)
