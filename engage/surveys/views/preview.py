"""The phone page of a survey that is still written: the real page, but it belongs to no wave and keeps nothing."""

from typing import Any

from flask import Response
from flask_babel import force_locale

from engage.shared.clock import today
from engage.shared.headers import allow_frame, allow_inline
from engage.shared.languages import direction_of
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.standing_in import set_apart
from engage.surveys.rules.waves import TEXTS, Wave
from engage.surveys.views.filling import END
from engage.surveys.views.whole import at_start, written

NOWHERE = "-"  # no wave can have this code, so what the page sends arrives nowhere
SEED = 1
DAYS = ("opens_on", "closes_on", "panel_on", "promised_on")
ABOUT = "…"  # stands for the wave's own texts, which nobody has written yet


def preview(definition: Definition, language: str, *, easy: bool) -> Response:
    """Give the page of somebody who has not begun, in one language, in easy words or not."""
    if direction_of(language) == "rtl":
        definition = set_apart(definition, language)
    wave = _wave(definition, language)
    with force_locale(language):
        page = written(wave, definition, language, easy=easy)
    allow_frame()
    allow_inline(scripts=page.inline.scripts, styles=page.inline.styles)
    begun = page.sheet.filled(at_start(wave, definition, language))
    return Response(begun + END.format(token=NOWHERE, seed=SEED), mimetype="text/html")


def _wave(definition: Definition, language: str) -> Wave:
    texts: dict[str, Any] = dict.fromkeys(TEXTS, ABOUT) | {"title": definition.title.in_(language)}
    days: dict[str, Any] = dict.fromkeys(DAYS, today())
    facts: dict[str, Any] = {"code": NOWHERE, "mode": "private", "state": "draft", "minimum": definition.minimum}
    return Wave(id=0, version_id=0, version="", modules=(), sensitive=False, **texts, **days, **facts)
