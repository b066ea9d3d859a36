"""Passkeys: what the sign-in library asks of a device. One press opens it, with a finger, a face or a PIN."""

from typing import Any

from flask_security.webauthn import WebAuthnRegisterForm, WebAuthnRegisterResponseForm, WebAuthnSigninResponseForm
from flask_security.webauthn_util import WebauthnUtil
from typing_extensions import override
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from engage.shared import db, throttle
from engage.shared.clock import now
from engage.shared.forms import clean

ROUTES = frozenset(
    {
        "security.wan_register",  # these ask the library who is signed in
        "security.wan_register_response",
        "security.wan_delete",
        "security.wan_verify",
        "security.wan_verify_response",
        "security.wan_signin",  # who are you
        "security.wan_signin_response",
    }
)
SETTINGS: dict[str, object] = {
    "WEBAUTHN": True,
    "WAN_RP_NAME": "Engage",
    "WAN_ALLOW_AS_FIRST_FACTOR": True,
    "WAN_ALLOW_AS_MULTI_FACTOR": True,  # the device checks who holds it, so it counts as both steps
    "WAN_ALLOW_AS_VERIFY": ["first"],
    "WAN_ALLOW_USER_HINTS": False,  # nobody types an address here, so nothing tells who has an account
    "WAN_REGISTER_URL": "/sign-in/passkeys",
    "WAN_DELETE_URL": "/sign-in/passkeys/delete",
    "WAN_SIGNIN_URL": "/sign-in/passkey",
    "WAN_VERIFY_URL": "/sign-in/passkey/again",
    "WAN_REGISTER_TEMPLATE": "accounts/desk/passkeys.html",
    "WAN_SIGNIN_TEMPLATE": "accounts/desk/passkey.html",
    "WAN_VERIFY_TEMPLATE": "accounts/desk/passkey.html",
}
NOT_TAKEN = "That passkey did not open anything. Try again, or sign in with your password."
WORDS = {
    "API_ERROR": NOT_TAKEN,
    "WEBAUTHN_NAME_INUSE": "You have a passkey with this name already: choose another name.",
    "INVALID_INPUT": "Use letters, numbers and spaces only.",
    "WEBAUTHN_NAME_DISALLOWED_CHARACTERS": "Use letters, numbers and spaces only.",
    "WEBAUTHN_NAME_NOT_FOUND": "You have no passkey with this name.",
    "WEBAUTHN_EXPIRED": "That took too long. Start again.",
    "WEBAUTHN_CREDENTIAL_DELETED": "That passkey opens nothing any more.",
    "WEBAUTHN_REGISTER_SUCCESSFUL": "Your passkey is set up.",
    "WEBAUTHN_CREDENTIAL_ID_INUSE": "This passkey is set up already.",
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": NOT_TAKEN,
    "WEBAUTHN_ORPHAN_CREDENTIAL_ID": NOT_TAKEN,
    "WEBAUTHN_NO_VERIFY": NOT_TAKEN,
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": NOT_TAKEN,
    "WEBAUTHN_MISMATCH_USER_HANDLE": NOT_TAKEN,
}


class Devices(WebauthnUtil):
    """Ask every device for a passkey that it keeps itself, and that opens only for who holds it."""

    @override
    def generate_challenge(self, nbytes: int | None = None) -> str:
        challenge: str = super().generate_challenge(nbytes)
        return now().date().isoformat() + challenge  # tries are counted by the day: that of another is taken no more

    @override
    def authenticator_selection(self, user: Any, usage: str) -> AuthenticatorSelectionCriteria:
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    @override
    def user_verification(self, user: Any, usage: list[str]) -> UserVerificationRequirement:
        return UserVerificationRequirement.REQUIRED


class PasskeyForm(WebAuthnRegisterForm):
    """A name by which one knows a passkey again; each of them is good for signing in alone."""

    name = StringField(
        "Name",
        [DataRequired("Give it a name, for example “work laptop”"), Length(max=40, message="Make it shorter")],
        description="So that you know which one it is when a device is lost.",
        filters=[clean],
    )
    usage = StringField()

    @override
    def validate(self, **kwargs: Any) -> bool:
        """Check the name. It is never a second step beside the password."""
        self.usage.data = "first"
        right: bool = super().validate(**kwargs)
        return right


def is_first_answer(challenge: str) -> bool:
    """Answer whether nobody answered this challenge before, right or wrong; from now on somebody did."""
    db.session.rollback()  # the library may have looked somebody up, and the throttle writes apart
    first = throttle.count("answers to a challenge", who=challenge) == 0
    return first and challenge.startswith(now().date().isoformat())


class _AnsweredOnce:
    """Spend the challenge before the answer to it is checked, so that a copy of what was sent opens nothing."""

    def validate(self, **kwargs: Any) -> bool:
        """Answer whether the challenge was still to be answered, and the answer is right."""
        form: Any = self
        if not is_first_answer(form.challenge):
            form.credential.errors = [NOT_TAKEN]
            return False
        right: bool = super().validate(**kwargs)  # type: ignore[misc]  # of the library's form beside this one
        return right


class SignedAnswer(_AnsweredOnce, WebAuthnSigninResponseForm):
    """What a device answers at sign-in."""

    remember = HiddenField(filters=[lambda _sent: ""])  # no browser is remembered, whatever is sent


class SignedNewPasskey(_AnsweredOnce, WebAuthnRegisterResponseForm):
    """What a device answers when a passkey is set up."""
