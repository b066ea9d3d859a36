"""Every page and every button of the desk, asked for by every role: who may open it stands in a list, not in the guard.

Whoever is not in the list asks for things that are there, and changes none of them.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from engage.accounts import guards
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
from tests.planting import NUMBER, WORD, everything, plant
from tests.proofs.opening import PAGE, guarded, listed, roles_page

STOPPED = ("It is for somebody with another role", "You hold no role today")
Page = tuple[str, str, frozenset[Role]]
WRITTEN_DOWN = frozenset({"audit", "audit_chain"})  # each refusal
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
    opened = listed()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in opened:
            yield rule, opened[rule.endpoint]


def asked(app: Flask, some: Callable[[Rule, str], object] | None = None) -> list[Page]:
    """Each method and address; about things nobody has, if nothing else is said."""
    found = []
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule, opened in desk(app):
            about = {name: (some or _nothing)(rule, name) for name in rule.arguments}
            method = "POST" if "POST" in rule.methods else "GET"
            found.append((method, adapter.build(rule.endpoint, about, method=method), opened))
    return sorted(found, key=lambda page: page[1] == LAST)


def _nothing(rule: Rule, name: str) -> object:
    return {"int": 987_654, "any": _place(rule, name)[1]}.get(_place(rule, name)[0], "nothing")


def _planted(rule: Rule, name: str) -> object:
    return {"int": NUMBER, "any": _place(rule, name)[1]}.get(_place(rule, name)[0], WORD)


def _place(rule: Rule, name: str) -> tuple[str, str]:
    place = re.search(rf"<(?:(\w+)(?:\(([^)]*)\))?:)?{name}>", rule.rule)
    return place[1], (place[2] or "").split(",")[0]


def ask(client: FlaskClient, method: str, address: str, token: str) -> tuple[int, str]:
    answer = client.get(address) if method == "GET" else client.post(address, data={"csrf_token": token})
    return answer.status_code, answer.text if answer.status_code == 403 else ""


@pytest.fixture
def plain(app, database) -> FlaskClient:
    """A client that does not weigh each page: what is on them is for other tests."""
    return FlaskClient(app, app.response_class)


def token_of(client: FlaskClient) -> str:
    return re.search(r'name="?csrf_token"?[^>]*value="?([^">\s]+)', client.get("/receipt").text)[1]


def mismatches(client: FlaskClient, role: Role | None, pages: list[Page]) -> list[str]:
    """Where somebody got on whom the list does not name, or was stopped although it names them."""
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
    plant()
    kept = everything(but=WRITTEN_DOWN)
    refused = [page for page in asked(app, _planted) if role not in page[2]]
    assert mismatches(plain, role, refused) == []
    assert everything(but=WRITTEN_DOWN) == kept
    assert len(refused) + sum(role in opened for opened in listed().values()) == len(listed())


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_on_wherever_it_is_named(app, plain, role):
    sign_in(plain, make_person(role))
    named = [page for page in asked(app) if role in page[2]]
    assert named
    assert mismatches(plain, role, named) == []


def test_the_list_names_every_page_with_the_roles_of_its_guard(app):
    assert listed() == guarded(app), "if it is meant: `python -m tests.proofs roles`, and read what changed"


def test_the_page_of_roles_says_what_the_list_says():
    assert PAGE.read_text() == roles_page(), "run `python -m tests.proofs write`"


def test_control_pages_opened_in_guard_and_label_alike_would_be_noticed(app, plain, monkeypatch):
    """The page says that it is open to the scrutineer too, and it is."""
    monkeypatch.setattr(guards, "_check", set)
    monkeypatch.setattr(app.view_functions["forums_desk.close"], "open_to", frozenset({Role.VOICE, Role.SCRUTINEER}))
    sign_in(plain, make_person(Role.SCRUTINEER))
    closing = [page for page in asked(app) if re.fullmatch(r"/desk/forums/\d+/close", page[1])]
    assert mismatches(plain, Role.SCRUTINEER, closing) == [f"POST {closing[0][1]}"]
    assert listed() != guarded(app)


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
