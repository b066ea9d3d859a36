"""After sending: the four words and what happens next; and the page of those who stop early."""

from datetime import timedelta
from functools import lru_cache

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.receipts.words import WORDS
from engage.shared.clock import today
from engage.shared.keeping import SECRET_OF_SENT
from engage.shared.languages import language
from engage.surveys.actions.sittings import save
from engage.surveys.forms.young import typed_into
from engage.surveys.queries.waves import definition_of, wave
from engage.surveys.rules.waves import Wave
from engage.surveys.views.blueprint import pages
from engage.surveys.views.holding import (
    has_sent,
    hold,
    known_sitting,
    let_go,
    may_show_words,
    others_use_it,
    page_token,
    sitting,
)
from engage.surveys.views.sheet import Sheet, cut, slot
from engage.surveys.views.wire import page_for_one

MINUTES = SECRET_OF_SENT // timedelta(minutes=1)


@pages.get("/<code>/thanks")
@open_to(Who.ANYONE)
def show_thanks(code: str) -> ResponseReturnValue:
    asked = wave(code)
    known = known_sitting(code)
    if known is None or not may_show_words(code):
        return redirect(url_for("surveys.show", code=code), 303)
    words = {f"word:{n}": word for n, word in enumerate(known.words)}
    return page_for_one(
        _thanks(asked).filled({"token": page_token(), "shared": "still" if others_use_it(asked) else "", **words})
    )


@pages.get("/<code>/activity")
@open_to(Who.ANYONE)
def show_activity(code: str) -> ResponseReturnValue:
    return render_template("surveys/activity.html", wave=wave(code).in_(language()))


@pages.post("/<code>/next-person")
@open_to(Who.ANYONE)
def make_room(code: str) -> ResponseReturnValue:
    asked = wave(code)
    if "_at" in request.form and not has_sent(
        code
    ):  # the screen was cleared in the middle of a survey: the draft stays under its words
        definition = definition_of(asked)
        typed = typed_into(request.form, [*definition.fields, "_at", "_shared"], numbers=definition.typed_numbers)
        save(wave=asked, sitting=sitting(asked), typed=typed, today=today(), whole=True)
        hold(asked, shared="".join(typed["_shared"]))
    let_go(asked)
    return redirect(url_for("surveys.show", code=code), 303)


def _thanks(wave: Wave) -> Sheet:
    return _written(current_app._get_current_object(), wave, language())  # type: ignore[attr-defined]  # noqa: SLF001


@lru_cache(maxsize=64)
def _written(_app: Flask, wave: Wave, language: str) -> Sheet:
    words = [slot(f"word:{n}") for n in range(WORDS)]
    own = {"words": words, "shared": slot("shared"), "csrf_token": lambda: slot("token"), "minutes": MINUTES}
    return cut(render_template("surveys/thanks.html", wave=wave.in_(language), **own))
