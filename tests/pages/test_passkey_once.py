"""A challenge for a passkey is answered once: a copy of what a device sent opens nothing, within its minute too."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask_security.webauthn import WebAuthnSigninResponseForm

from engage.accounts.rules import Role
from engage.accounts.signing_in.passkeys import SignedAnswer
from engage.shared.clock import now
from tests.device import Device
from tests.people import make_person


@pytest.fixture
def device(database):
    device = Device()
    device.is_known_for(make_person(Role.VOICE).id)
    return device


def asked(visitor):
    """Ask to sign in; gives where the answer goes, the challenge, and the token of the page."""
    page = visitor.fill_in("/sign-in/passkey", identity="").text
    challenge = re.search(r"&#34;challenge&#34;: &#34;([^&]+)&#34;", page)[1]
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return re.search(r'action="(/sign-in/passkey/[^"]+)"', page)[1], challenge, token


def sent(visitor, to, token, answer):
    """Send what a device said; gives whether somebody is signed in then."""
    visitor.post(to, data={"csrf_token": token, "credential": answer})
    return visitor.get("/desk/me/").status_code == 200


def copied(app, visitor):
    """Somebody else with a copy of the cookie, as it was before the answer."""
    other = app.test_client()
    cookie = visitor.get_cookie("engage")
    other.set_cookie("engage", cookie.value)
    return other


def test_a_device_signs_in_and_a_copy_of_its_answer_does_not(app, visitor, device):
    to, challenge, token = asked(visitor)
    other, answer = copied(app, visitor), device.sign(challenge)
    assert sent(visitor, to, token, answer)
    assert not sent(other, to, token, answer)
    assert "That passkey did not open anything" in other.get("/sign-in/passkey").text


def test_control_with_the_guard_off_the_copy_opens_the_desk(app, visitor, device, monkeypatch):
    monkeypatch.setattr(SignedAnswer, "validate", WebAuthnSigninResponseForm.validate)
    to, challenge, token = asked(visitor)
    other, answer = copied(app, visitor), device.sign(challenge)
    assert sent(visitor, to, token, answer)
    assert sent(other, to, token, answer)


def test_a_wrong_answer_spends_the_challenge_too(visitor, device):
    to, challenge, token = asked(visitor)
    assert not sent(visitor, to, token, "nonsense")
    assert not sent(visitor, to, token, device.sign(challenge))


def test_a_challenge_of_yesterday_is_taken_no_more_although_its_minute_is_not_over(visitor, device):
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    with time_machine.travel(midnight - timedelta(seconds=10), tick=False) as clock:
        to, challenge, token = asked(visitor)
        answer = device.sign(challenge)
        clock.shift(20)
        assert not sent(visitor, to, token, answer)
