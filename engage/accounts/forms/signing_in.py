"""What people type to sign in; wrong tries are slowed down and told nothing."""

from collections.abc import Callable
from typing import Any

from blinker import Namespace
from flask import current_app, request, session
from flask_security import current_user
from flask_security.forms import (
    ChangePasswordForm,
    LoginForm,
    TwoFactorRescueForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    VerifyForm,
)
from flask_security.recovery_codes import MfRecoveryForm
from typing_extensions import override
from wtforms import EmailField, Field, PasswordField, RadioField, StringField
from wtforms.validators import DataRequired, EqualTo, Length

from engage.accounts.models import PersonRow
from engage.accounts.rules import INVITED_FOR, OF_THE_DEMO, PASSWORD_LENGTH
from engage.settings import Settings
from engage.shared import db, throttle
from engage.shared.clock import bare, now
from engage.shared.forms import clean

TRIES = 10  # on one account from one place, or of codes, before an hour's rest
TRIES_FROM_ONE_PLACE = 50
TRIES_ON_ONE_ACCOUNT = 100  # more than one place can make, so that nobody locks a colleague out by typing
WRONG_PAIR = "That e-mail and password do not go together. Check both and try again."
TOO_LATE = f"This first password was good for {INVITED_FOR.days} days. Ask an administrator for a new one."
ONLY_THERE = "This is the demo's password, which everybody knows: here it opens nothing. Ask for a new one."
WRONG_CODE = "That code does not fit. Codes change every half minute: wait for a new one and type it."
NOT_YOURS = "That is not the password you have now. Type it again."
WRONG_RECOVERY = "That recovery code does not fit, or was used before. Each one works once."
missed = Namespace().signal(
    "missed"
)  # a wrong secret was typed: `did` says which, `person_id` for whom, if for anybody
SAME_PICTURE = "same picture"
LONG = Length(max=255, message="That is too long")
NAMES = {WRONG_CODE: "code", WRONG_RECOVERY: "recovery code"}
OLD = {"autocomplete": "current-password"}
NEW = {"autocomplete": "new-password"}


class SignInForm(LoginForm):
    """Who you are and your password; a wrong try never says which of the two was wrong."""

    remember = None
    email = EmailField(
        "E-mail",
        [DataRequired("Type your e-mail address"), LONG],
        filters=[clean],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField("Password", [DataRequired("Type your password"), LONG], render_kw=OLD)

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Check the throttle, then the password. Raises `TooMany`."""
        limits = self._limits()
        db.session.rollback()  # the library may have looked somebody up, and the throttle writes apart
        for purpose, most, who in limits:
            throttle.check(purpose, most=most, who=who)
        right: bool = super().validate(**kwargs)
        if not right and self.ifield is not None:
            known = self.user.id if self.user else None
            db.session.rollback()
            for purpose, _most, who in limits:
                throttle.count(purpose, who=who)
            missed.send(known, did="typed a wrong password")  # for nobody we know too: both take as long
            self.email.errors, self.password.errors = [], [WRONG_PAIR]
        closed = _closed_to(self.user, str(self.password.data)) if right else ""
        if closed:
            right, self.password.errors = False, [closed]
        return right

    def _limits(self) -> list[tuple[str, int, str]]:
        email = str(self.email.data or "").lower()
        place = str(request.remote_addr)
        return [
            ("sign-in from a place", TRIES_FROM_ONE_PLACE, place),
            ("sign-in on an account", TRIES_ON_ONE_ACCOUNT, email),
            ("sign-in", TRIES, f"{email} {place}"),
        ]


def _closed_to(user: Any, password: str) -> str:
    """Say why a right password opens nothing: a first one whose days are over, or the demo's where this is none."""
    settings: Settings = current_app.extensions["settings"]
    if password == OF_THE_DEMO and not settings.demo:
        known = user.id
        db.session.rollback()
        missed.send(known, did="typed the demo's password")
        return ONLY_THERE
    return TOO_LATE if user.password_until is not None and user.password_until <= bare(now()) else ""


def _is_right(user: Any, field: Field, check: Callable[[], bool], wrong: str) -> bool:
    """Ask the throttle, then `check`; count a wrong try, tell it and say so at the field. Raises `TooMany`."""
    who = str(user.id)
    db.session.rollback()  # the library has looked the person up, and the throttle writes apart
    throttle.check("secret", most=TRIES, who=who)
    db.locked(PersonRow, int(who))  # what works once is looked at by one at a time, until the page is done
    right = check()
    if field.errors:
        db.session.rollback()
        throttle.count("secret", who=who)
        missed.send(int(who), did=f"typed a wrong {NAMES.get(wrong, 'password')}")
        field.errors = [wrong]
    return right


def _as_it_was_shown(typed: str | None) -> str | None:
    """Spell a recovery code as it was shown, however somebody copied it from paper: capitals, spaces, no hyphens."""
    letters = "".join(char for char in (typed or "").lower() if char.isalnum())
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4)) or typed


class CodeForm(TwoFactorVerifyCodeForm):
    """The six digits an authenticator app shows."""

    code = StringField(
        "Six digits from your app",
        [DataRequired("Type the six digits"), Length(max=12, message="Type the six digits")],
        filters=[clean],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Check the throttle, then the code. Raises `TooMany`."""
        right = _is_right(self.user, self.code, super().validate, WRONG_CODE)
        if self.is_setup and not right:
            session[SAME_PICTURE] = True  # the library would show another one
        return right


class RecoveryForm(MfRecoveryForm):
    """One of the codes kept for the day the phone is gone."""

    code = StringField(
        "Recovery code",
        [DataRequired("Type one of your recovery codes"), LONG],
        filters=[clean, _as_it_was_shown],
        render_kw={"autocomplete": "off"},
    )

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Check the throttle, then the code. Raises `TooMany`."""
        return _is_right(self.user, self.code, super().validate, WRONG_RECOVERY)


class RescueForm(TwoFactorRescueForm):
    """The library's own ways out are shut: one of them writes e-mails. The page itself names ours."""

    help_setup = RadioField(choices=[])

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Take nothing."""
        return False


class SetUpForm(TwoFactorSetupForm):
    """The one second step we offer: an authenticator app."""

    setup = StringField()


class AgainForm(VerifyForm):
    """The password once more, before something that matters."""

    password = PasswordField("Password", [DataRequired("Type your password"), LONG], render_kw=OLD)

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Check the throttle, then the password. Raises `TooMany`."""
        return _is_right(self.user, self.password, super().validate, NOT_YOURS)


class NewPasswordForm(ChangePasswordForm):
    """A password of one's own."""

    password = PasswordField("The password you have now", [DataRequired("Type it once more"), LONG], render_kw=OLD)
    new_password = PasswordField(
        "New password",
        [DataRequired("Type a new password"), LONG],
        description=f"At least {PASSWORD_LENGTH} characters. Three or four words that do not belong together are good.",
        render_kw=NEW,
    )
    new_password_confirm = PasswordField(
        "New password, once more",
        [EqualTo("new_password", "The two new passwords are not the same: type the new one twice")],
        render_kw=NEW,
    )

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Check the throttle, the password of now, and the new one. Raises `TooMany`."""
        return _is_right(current_user, self.password, super().validate, NOT_YOURS)
