"""Open every page somebody may open in a real browser, type hostile words into every form, and watch for scripts."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, Error

from tests.pages.test_hostile import HOSTILE

SAME, MOST_PAGES, EACH_FORM = 2, 150, 24  # pages of one kind, pages of one person, posts of one form
NEVER = re.compile(r"/sign-|/leave|/language|/static/|\.(csv|xlsx|pdf|sav|json|zip|svg|png|ics|xml)$|/files/|/feed")
SHOWN = (200, 409, 422)  # what a browser shows; all else leads on to a page that is opened later
TYPED = {"text", "textarea", "search"}
FORMS = """() => [...document.querySelectorAll("form[method=post]")].map(form => ({
  action: form.action,
  fields: [...form.elements].filter(one => one.name && !one.disabled).map(one => ({
    name: one.name, value: one.value, checked: one.checked,
    kind: one.tagName == "INPUT" ? one.type : one.tagName.toLowerCase(),
    options: one.options ? [...one.options].map(option => option.value) : [],
  })),
}))"""
LINKS = "() => [...document.querySelectorAll('a[href]')].map(link => link.href)"
# What a page would hold if what was typed became part of it, whether or not it ran.
GROWN = """() => document.querySelectorAll(
  "[onerror], [onload]:not(body), a[href^='javascript:'], form[action^='javascript:']").length
  + [...document.scripts].filter(script => /^\\s*alert\\(1\\)/.test(script.text)).length"""


@dataclass
class Seen:
    """What was opened and sent, and what should not have been there."""

    pages: int = 0
    posts: int = 0
    forms: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)  # addresses that answered 500 or above
    ran: list[str] = field(default_factory=list)  # addresses where something ran, or became part of the page


class Walker:
    """One person in one browser; every page they open is watched."""

    def __init__(self, context: BrowserContext, site: str, seen: Seen, turns: Iterator[str]) -> None:
        self.context, self.site, self.seen, self.turns = context, site, seen, turns
        self.page = context.new_page()
        self.page.on("dialog", self._noticed)

    def _noticed(self, dialog: Any) -> None:
        self.seen.ran.append(self.page.url)
        dialog.dismiss()

    def open(self, address: str) -> bool:
        """Open a page; False where it is no page."""
        try:
            answer = self.page.goto(address)
        except Error:
            return False  # a file
        self.look(address, answer.status if answer else 0)
        return answer is not None and "html" in answer.headers.get("content-type", "")

    def show(self, html: str, address: str) -> None:
        """Show what a form answered, as a browser would."""
        self.page.set_content(html, wait_until="domcontentloaded")
        self.look(address, 0)

    def look(self, address: str, status: int) -> None:
        self.seen.pages += 1
        if status >= 500:
            self.seen.broken.append(address)
        if self.page.evaluate(GROWN):
            self.seen.ran.append(address)

    def crawl(self, *starts: str, send: bool) -> None:
        """Open everything that is reached from `starts`; type into each kind of form there."""
        waiting, known, kinds = [urljoin(self.site, start) for start in starts], set[str](), Counter[str]()
        while waiting and len(known) < MOST_PAGES:
            address = waiting.pop(0)
            kind = re.sub(r"\d+", "N", urlsplit(address).path)
            if address in known or kinds[kind] >= SAME:
                continue
            known.add(address)
            kinds[kind] += 1
            if self.open(address):
                forms = self.page.evaluate(FORMS) if send else []
                waiting += [one.partition("#")[0] for one in self.page.evaluate(LINKS) if self._is_ours(one)]
                for form in forms:
                    self.send(form)

    def _is_ours(self, link: str) -> bool:
        return link.startswith(self.site) and not NEVER.search(link.partition("?")[0])

    def send(self, form: dict[str, Any]) -> None:
        """Send one form again and again, each time with other words in every box."""
        kind = re.sub(r"\d+", "N", urlsplit(form["action"]).path)
        boxes = [one for one in form["fields"] if one["kind"] in TYPED]
        if not boxes or kind in self.seen.forms or NEVER.search(kind):
            return
        self.seen.forms.add(kind)
        for _ in range(EACH_FORM):
            sent = [(one["name"], value) for one in form["fields"] for value in self._value(one)]
            answer = self.context.request.post(form["action"], form=_last_of_each(sent), max_redirects=0)
            self.seen.posts += 1
            if answer.status >= 500:
                self.seen.broken.append(f"POST {kind}")
            if "html" in answer.headers.get("content-type", "") and answer.status in SHOWN:
                self.show(answer.text(), f"POST {kind}")

    def _value(self, one: dict[str, Any]) -> list[str]:
        kind = one["kind"]
        if kind in TYPED:
            words = next(self.turns)
            self.seen.used.add(words)
            return [words]
        if kind in {"radio", "checkbox"}:
            return [one["value"]] if one["checked"] or kind == "radio" else []
        plausible = {"date": str(date.today() + timedelta(days=30)), "number": "5", "email": "a@example.org"}  # noqa: DTZ011
        chosen = next((option for option in one["options"] if option), "")
        return [] if kind in {"submit", "file", "button"} else [one["value"] or chosen or plausible.get(kind, "")]


def _last_of_each(sent: list[tuple[str, str]]) -> dict[str, str]:
    return dict(sent)


def turns() -> Iterator[str]:
    """Every hostile string, again and again."""
    return itertools.cycle(HOSTILE)
