"""Somebody comes in by their organisation's own sign-in: a real provider beside us, honest and lying."""

import http.client
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engage.accounts import actions, queries
from engage.accounts.rules import Role
from engage.settings import SingleSignOn, WrongSettings
from engage.shared import db
from engage.shared.clock import today
from tests.people import make_person
from tests.provider import CLIENT, LIES, SECRET


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "tests.provider"], stdout=subprocess.PIPE, text=True)
    yield process.stdout.readline().strip()
    process.terminate()
    process.wait(30)
    process.stdout.close()


@pytest.fixture
def here(app: Flask, visitor: FlaskClient, provider: str, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    settings = replace(app.extensions["settings"], sign_on=SingleSignOn(provider, CLIENT, SECRET))
    monkeypatch.setitem(app.extensions, "settings", settings)
    return visitor


def spoken(address: str) -> str:
    """Ask the provider, as a browser would that stops at a redirect; give where it leads."""
    at = urlsplit(address)
    line = http.client.HTTPConnection(at.netloc, timeout=10)
    line.request("GET", at._replace(scheme="", netloc="").geturl())
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.headers.get("Location", "")


def go(client: FlaskClient) -> str:
    """Go to the provider and give the address it sends people back to, without our own name."""
    assert "your organisation's account" in client.get("/sign-in").text
    back = urlsplit(spoken(client.get("/desk/elsewhere/").location))
    return f"{back.path}?{back.query}"


def come_in(client: FlaskClient, back: str):
    code, state = (
        dict(part.split("=") for part in back.partition("?")[2].split("&"))[name] for name in ("code", "state")
    )
    return client.fill_in(back, "/desk/elsewhere/back", code=code, state=state)


def tell(provider: str, **what: str) -> None:
    spoken(f"{provider}/set?{urlencode(what)}")


def test_who_is_known_by_a_verified_address_is_signed_in_with_their_own_roles(here, provider):
    person = make_person(Role.SCRUTINEER)
    tell(provider, email=person.email.upper())
    assert come_in(here, go(here)).location == "/desk/"
    assert here.get("/desk/packs/").status_code == 200
    assert here.get("/desk/people/").status_code == 403
    assert "signed in" in [line.did for line in queries.audit(page=1, size=9)]


@pytest.mark.parametrize("fault", [*LIES, "unsigned", "key", "home"])
def test_what_a_lying_provider_says_signs_nobody_in(here, provider, fault):
    person = make_person(Role.SCRUTINEER)
    tell(provider, email=person.email)
    back = go(here)
    tell(provider, email=person.email, fault=fault)
    refused = come_in(here, back)
    assert refused.status_code == 403
    assert "Sign in with your password" in refused.text
    assert here.get("/desk/").status_code == 303


def test_who_does_not_work_here_or_left_is_told_whom_to_ask(here, provider):
    left = make_person(Role.VOICE)
    actions.close_account(left.id, today=today())
    db.session.commit()
    for email in ("stranger@example.org", left.email):
        tell(provider, email=email)
        refused = come_in(here, go(here))
        assert refused.status_code == 403
        assert "Ask an administrator" in refused.text


def test_an_answer_is_good_once_and_only_in_the_browser_that_asked(app, here, provider):
    tell(provider, email=make_person(Role.VOICE).email)
    back = go(here)
    assert app.test_client().get(back).status_code == 403
    assert here.get("/desk/elsewhere/back?code=x&state=forged").status_code == 403
    assert come_in(here, back).status_code == 303
    assert here.get(back).status_code == 403


def test_a_code_that_the_provider_does_not_know_signs_nobody_in(here, provider):
    tell(provider, email=make_person(Role.VOICE).email)
    back = go(here)
    state = back.rpartition("state=")[2]
    refused = here.fill_in(back, "/desk/elsewhere/back", code="made up", state=state)
    assert refused.status_code == 403


def test_a_provider_that_refuses_or_is_gone_leaves_the_password(app, here, provider, monkeypatch):
    back = go(here)
    state = back.rpartition("state=")[2]
    assert "did not let you through" in here.get(f"/desk/elsewhere/back?error=access_denied&state={state}").text
    gone = SingleSignOn("http://127.0.0.1:9", CLIENT, SECRET)
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], sign_on=gone))
    answer = here.get("/desk/elsewhere/")
    assert answer.status_code == 503
    assert "does not answer now" in answer.text


def test_where_none_is_set_there_is_neither_link_nor_page(visitor):
    assert "organisation" not in visitor.get("/sign-in").text
    assert visitor.get("/desk/elsewhere/").status_code == 404


@pytest.mark.parametrize("wrong", [("http://sso.example.org", "a", "b"), ("https://sso.example.org", "", "")])
def test_a_provider_in_the_open_or_without_a_secret_is_no_setting(wrong):
    with pytest.raises(WrongSettings):
        SingleSignOn(*wrong)


def test_a_second_step_is_asked_for_here_unless_they_say_it_was_asked_there(app, here, provider, monkeypatch):
    monkeypatch.setitem(app.config, "SECURITY_TWO_FACTOR_REQUIRED", value=True)
    person = make_person(Role.VOICE)
    tell(provider, email=person.email)
    assert "/sign-in/second-step" in come_in(here, go(here)).location
    assert here.get("/desk/").status_code == 303
    tell(provider, email=person.email, amr="pwd mfa")
    assert come_in(here, go(here)).location == "/desk/"
