"""Every page and every button of the desk, asked for by every role: the guard stops all it does not name, no other."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from engage.accounts.guards import Who
from engage.accounts.rules import Role
from engage.analysis.rules import THEME
from engage.analysis.rules.emerging import RISE
from engage.forums.rules.states import FORUM
from engage.pqa.rules.pack.states import PACK
from engage.safeguarding.rules.alerts import ALERT
from engage.surveys.rules.versions import VERSION
from engage.surveys.rules.waves import WAVE
from engage.youwesaid.rules.issuing import BRIEFING, NEWSLETTER
from engage.youwesaid.rules.states import ACTION, CONCERN, UPDATE
from tests.people import make_person, sign_in

STOPPED = ("It is for somebody with another role", "You hold no role today")
LAST = "/desk/me/places/end"  # whoever presses it is signed in no more
WHERE = {  # the buttons of each state table lie under the thing they move, each under its verb
    "/desk/alerts/<int:alert_id>/": ALERT,
    "/desk/concerns/<int:concern_id>/": CONCERN,
    "/desk/actions/<int:action_id>/": ACTION,
    "/desk/updates/<int:update_id>/": UPDATE,
    "/desk/newsletters/<int:newsletter_id>/": NEWSLETTER,
    "/desk/briefings/<int:briefing_id>/": BRIEFING,
    "/desk/forums/<int:forum_id>/": FORUM,
    "/desk/surveys/<code>/": WAVE,
    "/desk/surveys/versions/<int:version_id>/": VERSION,
    "/desk/packs/<quarter>/": PACK,
    "/desk/themes/<int:theme_id>/": THEME,
    "/desk/emerging/<int:run_id>/<int:number>/": RISE,
}


def desk(app: Flask) -> Iterator[tuple[Rule, frozenset[Role]]]:
    for rule in app.url_map.iter_rules():
        opened = getattr(app.view_functions[rule.endpoint], "open_to", frozenset({Who.ANYONE}))
        if not opened & set(Who):
            yield rule, opened


def asked(app: Flask) -> list[tuple[str, str, frozenset[Role]]]:
    """Each method and address, with things nobody has: the guard answers before anything is looked up."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule, opened in desk(app):
            nothing = {name: _nothing(rule, name) for name in rule.arguments}
            method = "POST" if "POST" in rule.methods else "GET"
            found.append((method, adapter.build(rule.endpoint, nothing, method=method), opened))
    return sorted(found, key=lambda page: page[1] == LAST)


def _nothing(rule: Rule, name: str) -> object:
    place = re.search(rf"<(?:(\w+)(?:\(([^)]*)\))?:)?{name}>", rule.rule)
    return {"int": 987_654, "any": (place[2] or "").split(",")[0]}.get(place[1], "nothing")


def ask(client: FlaskClient, method: str, address: str, token: str) -> tuple[int, str]:
    answer = client.get(address) if method == "GET" else client.post(address, data={"csrf_token": token})
    return answer.status_code, answer.text if answer.status_code == 403 else ""


@pytest.fixture
def plain(app, database) -> FlaskClient:
    """A client that does not weigh each page: what is on them is for other tests."""
    return FlaskClient(app, app.response_class)


def token_of(client: FlaskClient) -> str:
    return re.search(r'name="?csrf_token"?[^>]*value="?([^">\s]+)', client.get("/receipt").text)[1]


def mismatches(client: FlaskClient, role: Role | None, pages: list[tuple[str, str, frozenset[Role]]]) -> list[str]:
    """Where the guard let somebody on whom the page does not name, or stopped somebody it names."""
    token, wrong = token_of(client), []
    for method, address, opened in pages:
        status, words = ask(client, method, address, token)
        stopped = status == 403 and any(sentence in words for sentence in STOPPED)
        if stopped == (role in opened) or status >= 500:
            wrong.append(f"{method} {address}")
    return wrong


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role or "no role")
def test_a_role_is_stopped_wherever_it_is_not_named_and_nowhere_else(app, plain, role):
    sign_in(plain, make_person(role))
    assert mismatches(plain, role, asked(app)) == []


def test_nobody_signed_in_gets_no_further_than_the_sign_in(app, plain):
    token = token_of(plain)
    for method, address, _ in asked(app):
        status, words = ask(plain, method, address, token)
        if method == "GET":
            assert status == 303, address
        else:
            assert status == 403, address
            assert "signed out" in words, address


def test_no_button_works_without_the_token_of_our_own_page(app, plain):
    person = make_person(Role.VOICE)
    sign_in(plain, person)
    posts = [address for method, address, _ in asked(app) if method == "POST"]
    assert {plain.post(address).status_code for address in posts} == {422}


def test_every_button_of_a_state_table_is_open_to_whom_the_table_names(app):
    held = 0
    for rule, opened in desk(app):
        place, _, verb = rule.rule.rpartition("/")
        states = WHERE.get(f"{place}/")
        moves = [move for move in states.moves if move.verb == verb.replace("-", "_")] if states else []
        if moves and "POST" in rule.methods:
            assert opened == frozenset().union(*(move.roles for move in moves)) & set(Role), rule.rule
            held += 1
    assert held >= 45


def test_a_page_without_its_guard_would_be_noticed(app, plain, monkeypatch):
    def unguarded() -> str:
        return app.view_functions["accounts_desk.show_me"].__wrapped__()

    unguarded.open_to = frozenset({Role.VOICE})
    monkeypatch.setitem(app.view_functions, "youwesaid_desk.show_concerns", unguarded)
    sign_in(plain, make_person(Role.ADMIN))
    concerns = [page for page in asked(app) if page[1] == "/desk/concerns/"]
    assert mismatches(plain, Role.ADMIN, concerns) == ["GET /desk/concerns/"]
