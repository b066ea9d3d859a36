"""Signing in: the sign-in library, set up and restyled. It keeps no address and no place of anybody."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask, Response, after_this_request, request, session
from flask_login import user_logged_out  # type: ignore[import-untyped]
from flask_security import RoleMixin, Security, SQLAlchemyUserDatastore
from flask_security.signals import (
    password_changed,
    tf_code_confirmed,
    tf_profile_changed,
    user_authenticated,
    wan_deleted,
    wan_registered,
)
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from engage.accounts.actions import audit_line, begin_sign_in, end_everywhere, end_here, end_invitation
from engage.accounts.forms.signing_in import (
    AgainForm,
    CodeForm,
    NewPasswordForm,
    RecoveryForm,
    RescueForm,
    SetUpForm,
    SignInForm,
    missed,
)
from engage.accounts.models import PasskeyRow, PersonRow, SignInRow
from engage.accounts.queries import HERE, place_hash, signed_in
from engage.accounts.rules import NOTED_EVERY, PASSWORD_LENGTH, still_signed_in
from engage.accounts.signing_in import passkeys, showing
from engage.accounts.signing_in.passwords import Passwords
from engage.accounts.signing_in.second_step import Codes, RecoveryCodes
from engage.settings import Settings
from engage.shared import crypto, db
from engage.shared.clock import bare, now

OPEN_ROUTES = frozenset(
    {
        "security.login",  # who are you
        "security.logout",
        "security.two_factor_setup",  # these know from the session who gave the right password
        "security.two_factor_setup_validate",
        "security.two_factor_token_validation",
        "security.two_factor_rescue",
        "security.tf_select",
        "security.mf_recovery",
        "security.mf_recovery_codes",  # these ask the library who is signed in
        "security.verify",
        "security.change_password",
        *passkeys.ROUTES,
    }
)
NOTED = "noted"
SIGN_IN_KEYS = ("_user_id", "_fresh", "_id", "fs_paa", "fs_gexp", "seen", HERE, NOTED)
FRESH = timedelta(minutes=30)  # how long a typed password counts for changing how one signs in


def init_app(app: Flask) -> None:
    """Attach the sign-in library."""
    app.config.from_mapping(_library_settings(app))
    security = Security(
        app,
        # Roles are ours (grants with an end): the library only learns who somebody is, never what they may do.
        SQLAlchemyUserDatastore(db.library, PersonRow, RoleMixin, PasskeyRow),
        login_form=SignInForm,
        verify_form=AgainForm,
        change_password_form=NewPasswordForm,
        two_factor_verify_code_form=CodeForm,
        two_factor_setup_form=SetUpForm,
        two_factor_rescue_form=RescueForm,
        mf_recovery_form=RecoveryForm,
        wan_register_form=passkeys.PasskeyForm,
        wan_register_response_form=passkeys.SignedNewPasskey,
        wan_signin_response_form=passkeys.SignedAnswer,
        webauthn_util_cls=passkeys.Devices,
        mf_recovery_codes_util_cls=RecoveryCodes,
        render_template=showing.show,
        totp_cls=Codes,
        password_util_cls=Passwords,
    )
    _load_nobody_unasked(app, security)
    app.before_request(_forget_the_idle)
    _listen(app)


def _listen(app: Flask) -> None:
    """Write down what the library says has happened."""
    user_authenticated.connect(_signed_in, app)
    missed.connect(_missed)
    password_changed.connect(_chose_password, app)
    wan_registered.connect(_changed_passkeys, app)
    wan_deleted.connect(_changed_passkeys, app)
    tf_profile_changed.connect(_changed_second_step, app)
    tf_code_confirmed.connect(showing.after_setting_up, app)
    user_logged_out.connect(_signed_out, app)


def _library_settings(app: Flask) -> dict[str, object]:
    settings: Settings = app.extensions["settings"]
    with app.app_context():
        totp_key = crypto.keyed("totp", b"").hex()
    said = {f"MSG_{name}": (words, "") for name, words in {**WORDS, **passkeys.WORDS}.items()}
    chosen = {**ADDRESSES, **PAGES, **CHOICES, **passkeys.SETTINGS, **said}
    return {
        "SESSION_PROTECTION": None,  # it would keep a hash of the address and the browser
        **{f"SECURITY_{name}": value for name, value in chosen.items()},
        "SECURITY_TWO_FACTOR_REQUIRED": not settings.demo,
        "SECURITY_TOTP_SECRETS": {"1": totp_key},
    }


ADDRESSES: dict[str, object] = {
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "VERIFY_URL": "/sign-in/again",
    "CHANGE_URL": "/sign-in/password",
    "TWO_FACTOR_SETUP_URL": "/sign-in/second-step",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
    "TWO_FACTOR_RESCUE_URL": "/sign-in/rescue",
    "TWO_FACTOR_SELECT_URL": "/sign-in/choose",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/sign-in/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "POST_LOGIN_VIEW": "/desk/",
    "POST_LOGOUT_VIEW": "/sign-in",
    "POST_CHANGE_VIEW": "/desk/",
    "TWO_FACTOR_POST_SETUP_VIEW": "/sign-in/recovery-codes",
}
PAGES: dict[str, object] = {
    "LOGIN_USER_TEMPLATE": "accounts/desk/sign_in.html",
    "VERIFY_TEMPLATE": "accounts/desk/again.html",
    "CHANGE_PASSWORD_TEMPLATE": "accounts/desk/password.html",
    "TWO_FACTOR_SETUP_TEMPLATE": "accounts/desk/second_step.html",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "accounts/desk/code.html",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "accounts/desk/recovery_codes.html",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "accounts/desk/recovery.html",
    "STATIC_FOLDER": None,
}
CHOICES: dict[str, object] = {
    "PASSWORD_SCHEMES": ["argon2"],
    "PASSWORD_SINGLE_HASH": True,  # argon2 salts by itself
    "PASSWORD_LENGTH_MIN": PASSWORD_LENGTH,
    "CHANGEABLE": True,
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    "TWO_FACTOR": True,
    "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "TWO_FACTOR_IMPLEMENTATIONS": {"code": "flask_security.twofactor.CodeTfPlugin"},
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "TOTP_ISSUER": "Engage",
    "API_ENABLED_METHODS": ["session"],
    "FRESHNESS": FRESH,
    "FRESHNESS_GRACE_PERIOD": FRESH,
    "CSRF_COOKIE_NAME": None,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}
WORDS = {
    "PASSWORD_IS_THE_SAME": "That is the password you have now. Choose another one.",
    "PASSWORD_INVALID_LENGTH": "Type at least %(length)s characters.",
    "PASSWORD_CHANGE": "Your new password counts from now on.",
    "INVALID_REDIRECT": "That page is not ours, so we will show you Today.",
    "TWO_FACTOR_PERMISSION_DENIED": "Start again: type your e-mail and password.",
    "TWO_FACTOR_LOGIN_SUCCESSFUL": "You are signed in.",
    "TWO_FACTOR_INVALID_TOKEN": "That code did not fit. The picture is still the same: wait for a new code.",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "Your app is set up. Keep recovery codes for the day it is gone.",
    "TWO_FACTOR_SETUP_EXPIRED": "That took longer than %(within)s. Start again with a new picture.",
    "TWO_FACTOR_DISABLED": "The second step is off.",
    "NO_RECOVERY_CODES_SETUP": "You have no recovery codes yet.",
    "REAUTHENTICATION_REQUIRED": "Type your password once more first.",
    "REAUTHENTICATION_SUCCESSFUL": "Thank you.",
    "UNAUTHENTICATED": "Sign in first.",
}


def _load_nobody_unasked(app: Flask, security: Any) -> None:
    """Stop the library from reading the person on every page: a page that is open to anyone asks for nobody."""
    security.principal.identity_loaders.clear()
    context = app.template_context_processors[None]
    context[:] = [give for give in context if give.__module__ != "flask_login.utils"]
    afterwards = app.after_request_funcs[None]  # no browser is remembered, so its cookie need not be kept up
    afterwards[:] = [each for each in afterwards if each.__module__ != "flask_login.login_manager"]


def _forget_the_idle() -> None:
    if "_user_id" not in session:
        return
    since, seen, this_moment = (
        datetime.fromtimestamp(session.get("fs_paa", 0), UTC),
        datetime.fromtimestamp(session.get("seen", 0), UTC),
        now(),
    )
    if not still_signed_in(since=since, seen=seen, now=this_moment) or _was_ended():
        for key in SIGN_IN_KEYS:
            session.pop(key, None)
    elif this_moment - seen > timedelta(minutes=1):
        session["seen"] = this_moment.timestamp()
        _note_seen(this_moment)


def _was_ended() -> bool:
    """Answer whether this place was ended from another one; the library's own pages would not ask."""
    if request.blueprint != "security":
        return False
    ended = signed_in() is None
    db.session.rollback()
    return ended


def _note_seen(at: datetime) -> None:
    if at.timestamp() - session.get(NOTED, 0) < NOTED_EVERY.total_seconds():
        return
    session[NOTED] = at.timestamp()
    with suppress(OperationalError), db.apart() as own:  # a page may be read while nothing can be written
        here = SignInRow.key_hash == place_hash(session.get(HERE, ""))
        own.execute(update(SignInRow).where(here).values(seen_at=bare(at)))


def _signed_in(_app: Flask, user: PersonRow, **_: Any) -> None:
    session.pop("_id", None)  # a hash of the address and the browser, which nothing reads
    session["seen"] = now().timestamp()
    end_here(session.pop(HERE, ""))
    session[HERE] = begin_sign_in(user.id, at=now())
    db.session.add(audit_line("signed in", "", person_id=user.id))


def _missed(person_id: int | None, did: str) -> None:
    with db.apart() as own:  # the page that was refused keeps nothing
        own.add(audit_line(did, "", person_id=person_id))


def _signed_out(_app: Flask, user: Any, **_: Any) -> None:
    after_this_request(_clear_the_browser)
    if isinstance(user, PersonRow):
        end_here(session.pop(HERE, ""))


def _clear_the_browser(response: Response) -> Response:
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # the cookie goes on: it holds the page's own token
    return response


def _chose_password(_app: Flask, user: PersonRow, **_: Any) -> None:
    user.choose_password, user.password_until = False, None
    end_everywhere(user.id, but=session.get(HERE, ""))
    end_invitation(user.id)
    db.session.add(audit_line("chose a new password", "", person_id=user.id))


def _changed_second_step(_app: Flask, user: PersonRow, **_: Any) -> None:
    db.session.add(audit_line("changed the second step", "", person_id=user.id))


def _changed_passkeys(_app: Flask, user: PersonRow, **_: Any) -> None:
    db.session.add(audit_line("changed their passkeys", "", person_id=user.id))
