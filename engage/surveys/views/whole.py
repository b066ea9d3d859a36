"""The page of a whole survey, written once for each wave and language."""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import gettext as _
from markupsafe import Markup, escape

from engage.shared.languages import language
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.answers import LONGEST_TEXT
from engage.surveys.rules.conditions import condition_document
from engage.surveys.rules.definition import Definition, Item
from engage.surveys.rules.waves import Wave
from engage.surveys.views.inline import inline
from engage.surveys.views.sheet import Sheet, cut, slot
from engage.surveys.views.wire import Prefix

BETWEEN_TAGS = re.compile(r">\s+<")
SPACES = re.compile(r"\s*\n\s*")
AT_START = {"part:0": " on", "part": "0", "hide:send": " hidden", "hide:back": " hidden"}


@dataclass(frozen=True)
class SurveyPage:
    """The page of one person (`sheet`), and the same for everybody who has not begun (`fresh`)."""

    sheet: Sheet
    fresh: Prefix


def survey_page(wave: Wave) -> SurveyPage:
    """Give the page of a wave in the reader's language, written at its first use."""
    return _page(current_app._get_current_object(), wave, language())  # type: ignore[attr-defined]  # noqa: SLF001


@lru_cache(maxsize=64)
def _page(_app: Flask, wave: Wave, code: str) -> SurveyPage:
    return written(wave.in_(code), definition_of(wave))


def written(here: Wave, definition: Definition) -> SurveyPage:
    """Write the page of a wave whose texts are in the reader's language."""
    page = render_template(
        "surveys/survey.html",
        wave=here,
        definition=definition,
        inline=inline(),
        slot=slot,
        routing=Markup(_routing(definition)),  # noqa: S704  (written below, without a "<")
    )
    sheet = cut(_lighter(page))
    first = next(definition.items).code
    return SurveyPage(
        sheet, Prefix(sheet.filled({f"on:{first}": " on", "kicker": str(escape(here.title)), **AT_START}))
    )


def _lighter(page: str) -> str:
    """Take out the white space between tags, but keep that of the script, the style and boxes of text."""
    head, style, rest = page.partition("</style>")
    body, mark, end = rest.partition('<script type="application/json"')
    end = end[: end.index("</body>")].rstrip()  # what is one person's own comes last: views/filling.py ends the page
    return head.lstrip() + style + SPACES.sub(" ", BETWEEN_TAGS.sub("><", body)) + mark + end


def _routing(definition: Definition) -> str:
    rules: dict[str, Any] = {
        "items": {item.code: found for item in definition.items if (found := item_rules(item))},
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


def item_rules(item: Item) -> dict[str, Any]:
    """What the phone must know of an item beside its card: most need nothing."""
    rules: dict[str, Any] = {}
    if item.show_if:
        rules["if"] = condition_document(item.show_if)
    if item.support_when:
        rules["help"] = condition_document(item.support_when)
    if item.shuffle:
        rules["mix"] = item.keep_last
    if item.kind == "consent":
        rules["consent"] = 1
    return rules
