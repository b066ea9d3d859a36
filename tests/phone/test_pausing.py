"""On the phone: a survey that is paused while somebody types loses nothing, and goes on where they were."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from engage.shared import db
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.models import ResponseRow
from tests.phone.conftest import PHONE
from tests.phone.in_process import served_here
from tests.phone.test_survey import go_to
from tests.surveys import count, make_wave

PAUSED = {"en": "This survey is paused", "ar": "هذا الاستبيان متوقف مؤقتًا"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_was_typed_outlasts_a_pause(app: Flask, database: None, chromium: Browser, language: str) -> None:
    wave = make_wave()
    with served_here(app) as site:
        page = chromium.new_context(viewport=PHONE, locale=language).new_page()
        page.goto(f"{site}/s/youth")
        go_to(page, "area_best")
        page.locator("#q-area_best textarea").fill("Half a sent")
        waves.pause_wave(wave.id, roles=["safeguarding"])
        db.session.commit()
        page.locator("#q-area_best textarea").fill("Half a sentence, and the rest")
        go_to(page, "last")
        page.locator("#send").click()
        expect(page.locator("#summary")).to_be_visible()
        expect(page.locator("#q-area_best textarea")).to_have_value("Half a sentence, and the rest")
        assert count(ResponseRow) == 0
        page.goto(f"{site}/s/youth")
        expect(page.locator("h1")).to_have_text(PAUSED[language])
        waves.resume_wave(wave.id, today=today(), roles=["voice"])
        db.session.commit()
        page.reload()
        expect(page.locator("#q-area_best textarea")).to_have_value("Half a sentence, and the rest")
        go_to(page, "last")
        page.locator("#send").click()
        page.wait_for_url("**/thanks")
        assert count(ResponseRow) == 1
        page.context.close()
