"""Four questions after a forum, by a code on the wall; the wave says which forum it follows."""

import re
from datetime import timedelta

from sqlalchemy import func, select

from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import ResponseRow
from engage.surveys.queries.waves import wave
from tests.people import make_person, sign_in
from tests.surveys import make_wave, token

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
