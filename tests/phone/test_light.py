"""Every shipped survey comes to a phone in two requests at most, the page itself among them, whatever it asks."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from engage.shared import db
from engage.surveys.rules.shipped import CODES, shipped
from tests.phone.conftest import PHONE
from tests.phone.in_process import served_here
from tests.surveys import let_in_without_a_card, make_wave

MOST = 2


@pytest.fixture
def address(app: Flask, database: None):
    for code in CODES:
        let_in_without_a_card(make_wave(code.replace("_", "-"), template=code, modules=shipped(code).modules))
    db.session.rollback()
    with served_here(app) as here:
        yield here


def test_every_template_loads_in_two_requests_and_asks_for_nothing_of_others(address: str, chromium: Browser) -> None:
    for code in CODES:
        context = chromium.new_context(base_url=address, viewport=PHONE)  # type: ignore[arg-type]  # as a new phone
        page, asked = context.new_page(), []
        page.on("request", lambda request, into=asked: into.append(request.url))
        page.goto(f"/s/{code.replace('_', '-')}", wait_until="networkidle")
        expect(page.locator(".card.on")).to_be_visible()
        assert len(asked) <= MOST, (code, asked)
        assert all(one.startswith((address, "data:")) for one in asked), (code, asked)
        context.close()
