"""The headers every answer carries: the whole set is pinned here, so that nobody loosens one by accident."""

from dataclasses import replace

import pytest
from flask import request, url_for
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature

from engage import create_app
from engage.accounts.rules import Role
from engage.settings import WrongSettings
from engage.shared import sessions
from tests.conftest import make_settings
from tests.people import make_person, sign_in
from tests.surveys import make_wave

FEATURES = ("camera", "display-capture", "geolocation", "microphone", "usb")
EVERYWHERE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ",".join(f"{feature}=()" for feature in FEATURES),
    "Content-Security-Policy": (
        "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;object-src 'none';"
        "base-uri 'none';form-action 'self';frame-ancestors 'none'"
    ),
}


@pytest.mark.parametrize("path", ["/", "/help", "/receipt", "/no-such-page", "/you-said-we-did/", "/sign-in"])
def test_every_page_carries_the_whole_set(visitor, path):
    headers = visitor.get(path).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert [name for name in EVERYWHERE if len(headers.getlist(name)) > 1] == []


def test_only_the_page_of_a_survey_may_share_the_process_of_a_page_that_opened_it(visitor):
    make_wave()
    page = visitor.get("/s/youth")
    assert "Cross-Origin-Opener-Policy" not in page.headers
    others = {name for name in EVERYWHERE if name not in ("Cross-Origin-Opener-Policy", "Content-Security-Policy")}
    assert {name: page.headers.get(name) for name in others} == {name: EVERYWHERE[name] for name in others}
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/help", "/receipt", "/sign-in"])
def test_nothing_of_a_private_page_stays_on_the_device(visitor, path):
    assert visitor.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/desk/", "/desk/reading/", "/desk/alerts/", "/desk/me/"])
def test_no_page_of_the_desk_is_kept_by_the_browser(visitor, path):
    page = sign_in(visitor, make_person(Role.SAFEGUARDING)).get(path)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"


def test_the_only_cookie_is_the_sessions_and_no_script_reads_it(visitor):
    cookies = visitor.get("/receipt").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["engage"]
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]


def test_a_cookie_is_signed_as_the_library_would_sign_it(app):
    ours, theirs = app.session_interface, SecureCookieSessionInterface()
    for writes, reads in ((ours, theirs), (theirs, ours)):
        signed = writes.get_signing_serializer(app).dumps({"language": "pl"})
        assert reads.get_signing_serializer(app).loads(signed) == {"language": "pl"}
        with pytest.raises(BadSignature):
            reads.get_signing_serializer(app).loads("x" + signed)


def test_a_cookie_of_another_key_opens_nothing(app):
    signed = app.session_interface.get_signing_serializer(app).dumps({"language": "pl"})
    app.config["SECRET_KEY"] = "another one"
    with pytest.raises(BadSignature):
        sessions.OneSigner().get_signing_serializer(app).loads(signed)


def test_styles_are_kept_under_an_address_that_names_their_content(visitor):
    page = visitor.get("/help").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = visitor.get(address)
    answer.close()
    assert "?v=" in address
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "10.0.0.1", "127.0.0.1"), (1, "10.0.0.1", "10.0.0.1"), (1, "6.6.6.6, 10.0.0.1", "10.0.0.1"),
        (2, "6.6.6.6, 10.0.0.1, 10.9.9.9", "10.0.0.1"),
    ],
)  # fmt: skip
def test_only_our_own_proxies_are_believed(tmp_path, proxies, said, address):
    app = create_app(replace(make_settings(tmp_path), proxies=proxies))
    told = {
        "X-Forwarded-For": said,
        "X-Forwarded-Proto": "http, https",
        "X-Forwarded-Host": "elsewhere.example, voice.example",
    }
    seen = []
    app.before_request(lambda: seen.append((request.remote_addr, url_for("public.show_home", _external=True))))
    app.test_client().get("/cookies", headers=told)
    assert seen == [(address, "https://voice.example/" if proxies else "http://localhost/")]


def test_a_number_of_proxies_that_cannot_be_is_refused(tmp_path):
    with pytest.raises(WrongSettings, match="ENGAGE_PROXIES"):
        replace(make_settings(tmp_path), proxies=-1)


@pytest.mark.parametrize("demo", [True, False])
def test_an_installation_over_tls_says_so_for_a_year(tmp_path, demo):
    app = create_app(replace(make_settings(tmp_path), demo=demo))
    answer = app.test_client().get("/cookies")
    assert answer.headers.get("Strict-Transport-Security") == (None if demo else "max-age=31536000")
