"""The page of a whole survey, written once for each wave and language."""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, render_template
from flask_babel import gettext as _
from markupsafe import Markup, escape

from engage.shared.languages import language
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.answers import DONT_KNOW, LONGEST_TEXT
from engage.surveys.rules.conditions import condition_document
from engage.surveys.rules.definition import Definition, Item, Kind
from engage.surveys.rules.pictures import PICTURES
from engage.surveys.rules.piping import pipes_of
from engage.surveys.rules.waves import Wave
from engage.surveys.views.inline import EARLY_TAG, Inline, inline
from engage.surveys.views.lighter import bare, lighter
from engage.surveys.views.sheet import Sheet, cut, slot
from engage.surveys.views.wire import Prefix

# Browsers stop to draw where a script stands: here behind the first card, which looks the same before and after it.
AT_START = {"part:0": " on", "part": "0", "hide:send": " hidden", "hide:back": " hidden", "early_enough": EARLY_TAG}


@dataclass(frozen=True)
class SurveyPage:
    """The page of one person (`sheet`), and the same for everybody who has not begun (`fresh`)."""

    sheet: Sheet
    fresh: Prefix
    inline: Inline


def survey_page(wave: Wave, *, easy: bool) -> SurveyPage:
    """Give the page of a wave in the reader's language, in easy words or not, written at its first use."""
    return _page(current_app._get_current_object(), wave, language(), easy=easy)  # type: ignore[attr-defined]  # noqa: SLF001


@lru_cache(maxsize=128)
def _page(_app: Flask, wave: Wave, code: str, *, easy: bool) -> SurveyPage:
    return written(wave.in_(code), definition_of(wave), code, easy=easy)


def written(here: Wave, definition: Definition, code: str, *, easy: bool) -> SurveyPage:
    """Write the page of a wave whose texts are in the reader's language."""
    own = inline(parts_of(definition))
    page = render_template(
        "surveys/survey.html",
        wave=here,
        definition=definition,
        easy=easy,
        easy_words=any(item.easy for item in definition.items),
        drawn={name: PICTURES[name] for name in drawn_in(definition)},
        inline=own,
        slot=slot,
        routing=Markup(_routing(definition)),  # noqa: S704  (written below, for single quotes)
    )
    sheet = cut(lighter(page))
    return SurveyPage(sheet, Prefix(bare(sheet.filled(at_start(here, definition, code)))), own)


def at_start(here: Wave, definition: Definition, code: str) -> dict[str, str]:
    """What stands in the slots for somebody who has not begun."""
    first = next(definition.items).code
    said = {f"say:{item}|{until}": str(escape(until)) for item, until in pipes_of(tuple(definition.items), code)}
    return {f"on:{first}": " on", "kicker": str(escape(here.title)), **AT_START, **said}


def parts_of(definition: Definition) -> tuple[str, ...]:
    """The parts of style and script that the questions of this survey need, beside what every page has."""
    items = tuple(definition.items)
    needed = {
        "ranking": any(item.kind is Kind.RANKING for item in items),
        "pictures": bool(drawn_in(definition)),
        "piping": bool(pipes_of(items, "en")),
        "other": any(item.other for item in items),
        "amount": bool(definition.typed_numbers),
    }
    return tuple(part for part, is_needed in needed.items() if is_needed)


def drawn_in(definition: Definition) -> list[str]:
    """The names of the pictures this survey shows."""
    names = {item.picture for item in definition.items}
    return sorted(filter(None, names | {option.picture for item in definition.items for option in item.options}))


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
    told = json.dumps(rules, ensure_ascii=False, separators=(",", ":"))
    return told.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")


def item_rules(item: Item) -> dict[str, Any]:
    """What the phone must know of an item beside its card: most need nothing."""
    rules: dict[str, Any] = {}
    if item.show_if:
        rules["if"] = condition_document(item.show_if)
    if item.support_when:
        rules["help"] = condition_document(item.support_when)
    if item.shuffle:
        rules["mix"] = (*item.keep_last, DONT_KNOW) if item.not_sure else item.keep_last
    if item.kind == "consent":
        rules["consent"] = 1
    return rules
