"""What staff typed comes back in the very answer that refuses it, with its labels; it and secrets are kept nowhere."""

import re

import pytest

from engage.accounts.models import SignInRow
from engage.accounts.rules import Role
from engage.shared import db
from tests.pages.test_safeguarding import make_alert
from tests.people import make_person, sign_in
from tests.planting import everything

NOTES = "Rang the school, they ring home today"
SHOWN = re.compile(r"<dt>(.*?)</dt>\s*<dd dir=\"auto\">(.*?)</dd>", re.DOTALL)


@pytest.fixture
def lead(visitor):
    return sign_in(visitor, make_person(Role.SAFEGUARDING, name="Lea"))


def given_back(page) -> dict[str, str]:
    return dict(SHOWN.findall(page.text))


def token_of(client, path: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)', client.get(path).text)[1]


def close(client, alert_id: int, token: str):
    typed = {"outcome": "professional", "notes": NOTES, "csrf_token": token}
    return client.post(f"/desk/alerts/{alert_id}/close", data=typed)


def test_whoever_signed_out_in_another_tab_gets_the_notes_back_in_the_look_of_the_desk(lead):
    alert_id = make_alert()
    token = token_of(lead, f"/desk/alerts/{alert_id}/")
    lead.fill_in("/desk/me/", "/sign-out")
    page = close(lead, alert_id, token)
    assert page.status_code == 422
    assert given_back(page)["Notes"] == NOTES
    assert "You were signed out meanwhile" in page.text
    assert 'class="desk"' in page.text
    assert 'href="/sign-in"' in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_so_does_whoever_was_signed_out_by_the_clock_or_from_another_place(lead):
    alert_id = make_alert()
    token = token_of(lead, f"/desk/alerts/{alert_id}/")
    db.session.execute(SignInRow.__table__.delete())
    db.session.commit()
    page = close(lead, alert_id, token)
    assert page.status_code == 403
    assert given_back(page)["Notes"] == NOTES
    assert "Back to the page" not in page.text


def test_a_page_whose_token_is_too_old_gives_short_words_back_too_and_a_way_to_the_page(lead):
    page = lead.post("/desk/alerts/rota/", data={"first": "2026-12-01", "person": "7", "csrf_token": "old"})
    assert "open for a long time" in page.text
    assert given_back(page) == {"First": "2026-12-01"}
    assert 'href="/desk/alerts/rota/">Back to the page' in page.text


def test_what_was_given_back_is_kept_nowhere_and_who_signs_in_next_sees_none_of_it(lead):
    alert_id = make_alert()
    token = token_of(lead, f"/desk/alerts/{alert_id}/")
    lead.fill_in("/desk/me/", "/sign-out")
    before = everything()
    assert NOTES in close(lead, alert_id, token).text
    assert everything() == before
    with lead.session_transaction() as session:
        assert NOTES not in str(dict(session))
    sign_in(lead, make_person(Role.SAFEGUARDING, name="Ola"))
    for path in ("/desk/", f"/desk/alerts/{alert_id}/", "/desk/alerts/"):
        assert NOTES not in lead.get(path, follow_redirects=True).text


def test_no_password_code_or_token_comes_back(visitor, database):
    secret = {name: f"hush {name}" for name in ("new_password", "new_password_confirm", "code", "state", "csrf_token")}
    for path in (f"/desk/invited/{'k' * 43}", "/desk/elsewhere/back", "/desk/people/new/"):
        page = visitor.post(path, data={**secret, "name": "Kim Okafor", "key": "ab" * 16, "answer": "12"})
        assert page.status_code == 422
        assert given_back(page) == {"Name": "Kim Okafor"}, path
        assert "hush" not in page.text


@pytest.mark.parametrize(("site", "shown"), [("cross-site", {}), ("same-site", {}), ("same-origin", {"Name": "Kim"})])
def test_what_another_site_sends_does_not_stand_under_our_look(visitor, database, site, shown):
    page = visitor.post("/desk/people/new/", data={"name": "Kim"}, headers={"Sec-Fetch-Site": site})
    assert (page.status_code, given_back(page)) == (422, shown)
