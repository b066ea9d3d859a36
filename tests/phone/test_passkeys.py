"""A passkey in a real browser, with a device made of software: set up, signed in with, refused, taken away."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.phone.conftest import DESK

SOMEBODY, PASSWORD = "noam.ambassador@example.org", "demo-only-not-secret"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


@pytest.fixture
def laptop(chromium: Browser, site: str) -> Iterator[Page]:
    """A browser with a device that keeps passkeys; a passkey belongs to a name, so the site is asked for by one."""
    context = chromium.new_context(base_url=site.replace("127.0.0.1", "localhost"), viewport=DESK)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield page
    context.close()


def type_password(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(SOMEBODY)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/desk/$"))


def use_passkey(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_passkey_is_set_up_signs_in_counts_as_both_steps_and_is_taken_away(laptop: Page) -> None:
    type_password(laptop)
    laptop.goto("/sign-in/passkeys")
    laptop.get_by_label("Name").fill("work laptop")
    laptop.get_by_role("button", name="Go on").click()
    expect(laptop.get_by_role("rowheader", name="work laptop")).to_be_visible()
    sign_out(laptop)

    use_passkey(laptop)
    expect(laptop).to_have_url(re.compile("/desk/$"))
    laptop.goto("/sign-in/passkey/again?next=/desk/me/")
    laptop.get_by_role("button", name="Use my passkey").click()
    expect(laptop.get_by_role("heading", name="My sign-in")).to_be_visible()

    laptop.goto("/sign-in/passkeys")
    laptop.get_by_role("button", name="Take away work laptop").click()
    expect(laptop.get_by_text("That passkey opens nothing any more.")).to_be_visible()
    expect(laptop.get_by_role("rowheader", name="work laptop")).to_have_count(0)
    sign_out(laptop)

    use_passkey(laptop)  # the device still has it; we do not know it any more
    expect(laptop.get_by_text("That passkey did not open anything.")).to_be_visible()
    laptop.goto("/desk/")
    expect(laptop.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_device_without_a_passkey_says_so_and_the_password_is_one_tap_away(chromium: Browser, site: str) -> None:
    context = chromium.new_context(base_url=site.replace("127.0.0.1", "localhost"), viewport=DESK)
    page = context.new_page()
    page.add_init_script("delete window.PublicKeyCredential")
    use_passkey(page)
    expect(page.get_by_role("alert")).to_contain_text("Nothing came from your device")
    page.get_by_role("link", name="Use my password").click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    context.close()
