"""A survey's page, written once for each wave and language; for one person only the slots are filled."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from engage.shared.languages import language
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.answers import LONGEST_TEXT
from engage.surveys.rules.conditions import condition_document
from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.waves import Wave
from engage.surveys.views.inline import inline
from engage.surveys.views.wire import Prefix

OPEN, CLOSE = "\ue000", "\ue001"  # private characters around the name of a slot; no text of ours has them
BETWEEN_TAGS = re.compile(r">\s+<")
SPACES = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Sheet:
    """A page in pieces: every second one is the name of a slot."""

    pieces: tuple[str, ...]
    kicker: str

    def filled(self, slots: Mapping[str, str]) -> str:
        """The page with its slots filled; a slot that is not named stays empty."""
        return "".join(slots.get(piece, "") if n % 2 else piece for n, piece in enumerate(self.pieces))

    @cached_property
    def fresh(self) -> Prefix:
        """The page for everybody who has not begun."""
        first = next(name for name in self.pieces[1::2] if name.startswith("on:"))
        return Prefix(self.filled({"kicker": self.kicker, "part:0": " on", first: " on", "part": "0", **AT_START}))


AT_START = {"hide:send": " hidden", "hide:back": " hidden"}


def sheet_of(wave: Wave) -> Sheet:
    """Give the page of a wave in the reader's language, written at its first use."""
    return _sheet(current_app._get_current_object(), wave, language())  # type: ignore[attr-defined]  # noqa: SLF001


@lru_cache(maxsize=64)
def _sheet(_app: Flask, wave: Wave, code: str) -> Sheet:
    here = wave.in_(code)
    definition = definition_of(wave)
    page = render_template(
        "surveys/survey.html",
        wave=here,
        definition=definition,
        inline=inline(),
        slot=lambda name: Markup(f"{OPEN}{name}{CLOSE}"),  # noqa: S704  (names of our own)
        routing=Markup(_routing(definition)),  # noqa: S704  (written below, without a "<")
    )
    return Sheet(tuple(re.split(f"[{OPEN}{CLOSE}]", _lighter(page))), here.title)


def _lighter(page: str) -> str:
    """Take out the white space between tags, but keep that of the script, the style and boxes of text."""
    head, style, rest = page.partition("</style>")
    body, mark, end = rest.partition('<script type="application/json"')
    end = end[: end.index("</body>")].rstrip()  # what is one person's own comes last: views/filling.py ends the page
    return head.lstrip() + style + SPACES.sub(" ", BETWEEN_TAGS.sub("><", body)) + mark + end


def _routing(definition: Definition) -> str:
    rules: dict[str, Any] = {
        "items": [_item_rules(item) for item in definition.items],
        "rotations": [[rotation.code, rotation.show, rotation.rows] for rotation in definition.rotations],
        "words": {
            "saved": _("Saved"),
            "unsaved": _("Not saved yet"),
            "sending": _("Sending"),
            "unsent": _(
                "Not sent yet. There is no signal, or our side does not answer. Your answers are still here: try again."
            ),
            "closed": _("This survey has closed"),
            "long": _("Write up to %(most)s characters. You wrote %(count)s", most=LONGEST_TEXT, count="#"),
            "consent": _("Choose yes or no"),
            "full": _("You have chosen %(number)s. Take one away first.", number="#"),
        },
    }
    return json.dumps(rules, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _item_rules(item: Item) -> str | dict[str, Any]:
    rules: dict[str, Any] = {}
    if item.show_if:
        rules["if"] = condition_document(item.show_if)
    if item.support_when:
        rules["help"] = condition_document(item.support_when)
    if item.shuffle:
        rules["mix"] = item.keep_last
    if item.kind == "consent":
        rules["consent"] = 1
    return {"code": item.code, **rules} if rules else item.code
