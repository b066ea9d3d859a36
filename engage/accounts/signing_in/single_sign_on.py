"""Single sign-on by OpenID Connect: a partner's own sign-in says who somebody is, and nothing of what they may do."""

import hashlib
import http.client
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

import jwt
from flask import current_app, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user
from sqlalchemy import select

from engage.accounts.models import PersonRow
from engage.accounts.rules import Begun, check_claims, is_second_step
from engage.settings import Settings, SingleSignOn
from engage.shared import db, outbox
from engage.shared.errors import NotAllowed, NotFound, NotNow
from engage.shared.words import N_

BEGUN = "elsewhere"  # in the session: what must come back
ALGORITHMS = ["RS256", "PS256", "ES256"]
PATIENCE = 10  # seconds one answer may take
LONGEST = 200_000  # bytes of one answer
NEEDED = ["exp", "iat", "aud", "iss", "sub"]
SILENT = N_("Your organisation's sign-in does not answer now. Sign in with your password, or try again later.")
NOT_TRUSTED = N_("Your organisation's sign-in did not say who you are in a way we trust. Sign in with your password.")
NOT_BEGUN = N_("This sign-in was begun elsewhere, or too long ago. Start again from the sign-in page.")
NOBODY = N_("Nobody with your e-mail address works here. Ask an administrator of your partnership to add you.")


def begin() -> str:
    """Remember what must come back, and give the address to go to. Raises `NotFound` where none is set, `NotNow`."""
    sign_on = _sign_on()
    begun = Begun(*(secrets.token_urlsafe(32) for _ in range(3)))
    asked = {
        "response_type": "code",
        "client_id": sign_on.client,
        "redirect_uri": _back(),
        "scope": "openid email",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = _known(sign_on)["authorization_endpoint"]
    session[BEGUN] = asdict(begun)
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"


def check_begun(state: str) -> Begun:
    """Give what this browser began. Raises `NotAllowed` for another one's answer, or one that was used."""
    kept = session.get(BEGUN)
    if not kept or not secrets.compare_digest(str(kept["state"]).encode(), state.encode("utf-8", "replace")):
        raise NotAllowed(NOT_BEGUN)
    return Begun(**kept)


def finish(code: str, state: str) -> ResponseReturnValue:
    """Sign in whoever the code stands for, after their own second step where there was none elsewhere.

    Raises `NotAllowed` for what cannot be trusted and for who does not work here, `NotNow` where nothing answers.
    """
    begun, sign_on = check_begun(state), _sign_on()
    session.pop(BEGUN)
    claims = _claims(sign_on, begun, code)
    email = check_claims(claims, client=sign_on.client, nonce=begun.nonce)
    person = db.session.scalar(select(PersonRow).where(PersonRow.email == email, PersonRow.active))
    if person is None:
        raise NotAllowed(NOBODY)
    if not is_second_step(claims):
        steps = current_app.extensions["security"].two_factor_plugins
        asked: ResponseReturnValue | None = steps.tf_enter(
            person, remember_me=False, primary_authn_via="oidc", next_loc=None
        )
        if asked is not None:
            return asked
    login_user(person, remember=False, authn_via=["oidc"])
    return redirect(url_for("staff_desk.show_today"), 303)


def _claims(sign_on: SingleSignOn, begun: Begun, code: str) -> dict[str, Any]:
    known = _known(sign_on)
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _back(),
        "client_id": sign_on.client,
        "client_secret": sign_on.secret,
        "code_verifier": begun.verifier,
    }
    token = str(_ask(known["token_endpoint"], sent).get("id_token", ""))
    try:
        key = jwt.PyJWKClient(known["jwks_uri"], timeout=PATIENCE).get_signing_key_from_jwt(token).key
        claims: dict[str, Any] = jwt.decode(
            token, key, ALGORITHMS, {"require": NEEDED}, audience=sign_on.client, issuer=sign_on.issuer
        )
    except jwt.PyJWKClientConnectionError as error:
        raise NotNow(SILENT) from error
    except jwt.PyJWTError as error:
        raise NotAllowed(NOT_TRUSTED) from error
    return claims


def _known(sign_on: SingleSignOn) -> dict[str, str]:
    """Ask where the provider's pages are; none of them may be less safe than the provider itself."""
    told = _ask(f"{sign_on.issuer.rstrip('/')}/.well-known/openid-configuration")
    found = {name: str(told.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    scheme = urlsplit(sign_on.issuer).scheme
    if told.get("issuer") != sign_on.issuer or any(urlsplit(at).scheme != scheme for at in found.values()):
        raise NotAllowed(NOT_TRUSTED)
    return found


def _ask(address: str, sent: dict[str, str] | None = None) -> dict[str, Any]:
    at = urlsplit(address)
    try:
        status, body = _spoken(at, sent)
        answer = json.loads(body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotNow(SILENT) from error
    if status != http.client.OK or not isinstance(answer, dict):
        raise NotAllowed(NOT_TRUSTED)
    return answer


def _spoken(at: SplitResult, sent: dict[str, str] | None) -> tuple[int, bytes]:
    kind = http.client.HTTPSConnection if at.scheme == "https" else http.client.HTTPConnection
    line = kind(at.netloc, timeout=PATIENCE)
    try:
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        path = at._replace(scheme="", netloc="").geturl()
        line.request("POST" if sent else "GET", path, urlencode(sent) if sent else None, headers)
        answer = line.getresponse()
        return answer.status, answer.read(LONGEST)
    finally:
        line.close()


def _back() -> str:
    return outbox.link(url_for("accounts_desk.come_back"))


def _sign_on() -> SingleSignOn:
    settings: Settings = current_app.extensions["settings"]
    if not settings.sign_on.issuer:
        raise NotFound(N_("There is no other way to sign in here than the sign-in page."))
    return settings.sign_on
