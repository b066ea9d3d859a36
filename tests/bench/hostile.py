"""Hostile words in the young people's survey, in messages and in every form of every role, then every page in Chromium.

The content security policy is switched off in that browser: what is typed has to be harmless by itself.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import patch

from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select

from engage import create_app
from engage.accounts.models import PersonRow
from engage.accounts.queries import person_by_id
from engage.analysis.jobs import do_all
from engage.receipts.words import hashed
from engage.safeguarding.actions.messages import leave_message
from engage.safeguarding.models import AlertRow
from engage.settings import from_environment
from engage.shared import db
from engage.shared.clock import now
from engage.surveys.rules.text import clean
from tests.bench.phone_page import CHROMIUM, FLAGS
from tests.bench.serving import TOKEN, served
from tests.bench.table import Row
from tests.faults.crawling import Seen, Walker, turns
from tests.pages.test_hostile import HOSTILE
from tests.phone.walking import PASSWORD
from tests.surveys import words_on

PEOPLE = (
    "amara.voice", "ruth.safeguarding", "helen.pqa", "farida.council", "tobi.ambassador", "casper.door",
    "priya.scrutineer", "owen.information", "ines.admin",
)  # fmt: skip
PUBLIC = ("/", "/you-said-we-did/", "/forums/", "/s/youth/contact", "/receipt", "/follow/")
BOXES = ("area_best", "area_change", "anything_new")
MESSAGES = 60
TYPED = "() => Object.fromEntries([...document.querySelectorAll('#f textarea')].map(box => [box.name, box.value]))"
SAID = "() => [...document.querySelectorAll('dd, blockquote, .message p')].map(one => one.textContent)"


def rows() -> list[Row]:
    """Nothing answers 500, nothing runs, and what young people typed is shown as it was."""
    if CHROMIUM is None:
        return [Row("hostile words", "skipped: no Chromium", "", "", "", "", None)]
    with tempfile.TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as name, sync_playwright() as player:
        ours = {"ENGAGE_FOLDER": name, "ENGAGE_DEMO": "1"}
        subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env={**os.environ, **ours}, check=True)
        browser = player.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served("wsgi:app", ours) as server, patch.dict(os.environ, ours):
            seen, changed, ran = _attacked(browser, f"http://127.0.0.1:{server.port}", create_app(from_environment()))
        browser.close()
    words = f"{len(seen.used)} strings, {seen.posts} posts, {len(seen.forms)} kinds of forms, {seen.pages} pages opened"
    print("\n".join([*seen.broken[:9], *seen.ran[:9], *changed[:9]]), file=sys.stderr)
    return [
        Row("hostile words: strings typed", len(seen.used), "", ">= 500", words, "", len(seen.used) >= 500),
        Row("hostile words: HTTP 500", len(seen.broken), "", "0", words, "", not seen.broken),
        Row("hostile words: scripts run", len(seen.ran), "", "0", words, "", not seen.ran),
        Row("hostile words: shown otherwise than typed", len(changed), "", "0", words, "", not changed),
        Row("control: scripts run by a page that escapes nothing", ran, "", "> 0", "", "", ran > 0),
    ]


def _attacked(browser: Browser, site: str, app: Flask) -> tuple[Seen, list[str], int]:
    seen, words = Seen(), turns()
    anybody = _walker(browser, site, seen, words)
    changed = list(_sent_and_seen(anybody)) + list(_written_to(anybody, app))
    anybody.crawl(*PUBLIC, send=True)
    with app.app_context():
        do_all()
        db.session.remove()
    for send in (True, False):  # once more when everybody has typed
        for person in PEOPLE:
            walker = _walker(browser, site, seen, words)
            _sign_in(walker, person)
            walker.crawl("/desk/", "/desk/reading/", "/desk/alerts/", "/desk/surveys/", "/desk/forums/", send=send)
            walker.context.close()
    anybody.crawl(*PUBLIC, send=False)
    return seen, changed, _control(browser)


def _walker(browser: Browser, site: str, seen: Seen, words: Iterator[str]) -> Walker:
    return Walker(browser.new_context(base_url=site, bypass_csp=True), site, seen, words)


def _sign_in(walker: Walker, person: str) -> None:
    walker.open("/sign-in")
    walker.page.get_by_label("E-mail").fill(f"{person}@example.org")
    walker.page.get_by_label("Password").fill(PASSWORD)
    walker.page.get_by_role("button", name="Sign in").click()
    walker.page.wait_for_url(re.compile("/desk/$"))


def _token(walker: Walker, path: str) -> str:
    return TOKEN.search(walker.context.request.get(path).body())[1].decode()  # type: ignore[index]


def _sent_and_seen(walker: Walker) -> Iterator[str]:
    """Type every string into the survey, look at it half way, send it, look at it with the four words."""
    for start in range(0, len(HOSTILE), len(BOXES)):
        typed = dict(zip(BOXES, HOSTILE[start : start + len(BOXES)], strict=False))
        walker.context.clear_cookies()
        form = {"consent": "yes", "age": "15", **typed, "csrf_token": _token(walker, "/s/youth")}
        walker.context.request.post("/s/youth/pause", form=form, max_redirects=0)
        walker.open("/s/youth")
        boxes = walker.page.evaluate(TYPED)
        yield from (words for box, words in typed.items() if boxes[box] != clean(words))
        yield from _sent(walker, typed)


def _sent(walker: Walker, typed: dict[str, str]) -> Iterator[str]:
    form = {"consent": "yes", "age": "15", **typed, "csrf_token": _token(walker, "/s/youth")}
    thanks = walker.context.request.post("/s/youth", form=form)
    walker.seen.posts += 2
    walker.seen.used.update(typed.values())
    walker.open("/s/youth/mine")
    walker.page.locator("input[name=words]").fill(words_on(thanks.text()))
    walker.page.locator("main form button").first.click()
    walker.page.locator("dl").wait_for()
    walker.look("/s/youth/mine", 0)
    said = set(walker.page.evaluate(SAID))
    yield from (words for words in typed.values() if clean(words) and clean(words) not in said)


def _written_to(walker: Walker, app: Flask) -> Iterator[str]:
    """Write hostile messages to somebody who is worried, and have them answer in kind."""
    walker.context.clear_cookies()
    form = {"consent": "yes", "age": "15", "anything_new": "my stepdad hits me"}
    thanks = walker.context.request.post("/s/youth", form={**form, "csrf_token": _token(walker, "/s/youth")})
    receipt = words_on(thanks.text())
    left = [words for words in HOSTILE[:: len(HOSTILE) // MESSAGES] if clean(words)]
    with app.app_context():
        alert = db.session.scalars(select(AlertRow.id).where(AlertRow.receipt_hash == hashed(receipt))).one()
        lead = db.session.scalars(select(PersonRow.id).where(PersonRow.email.startswith("ruth."))).one()
        for second, words in enumerate(left):
            leave_message(alert, clean(words), by=person_by_id(lead), at=now() + timedelta(seconds=second))
        db.session.commit()
        db.session.remove()
    for words in left:
        typed = {"words": receipt, "answer": words, "csrf_token": _token(walker, "/receipt")}
        answer = walker.context.request.post("/receipt/answer", form=typed)
        walker.seen.posts += 1
        if answer.status >= 500:
            walker.seen.broken.append("POST /receipt/answer")
    walker.show(answer.text(), "/receipt")
    page = walker.page.evaluate("() => document.querySelector('main').textContent")
    yield from (words for words in left if " ".join(clean(words).split()) not in " ".join(page.split()))


def _control(browser: Browser) -> int:
    """The same strings on a page that escapes nothing."""
    seen = Seen()
    walker = _walker(browser, "http://127.0.0.1", seen, turns())
    for words in HOSTILE[::40]:
        walker.show(f"<!DOCTYPE html><p>{words}</p>", words)
    return len(seen.ran)
