"""Staff pages: print cards with single-use codes, a sheet of 24 at a time.

The codes are nowhere in the database: they are made from a seed in the session of whoever prints them, and go with it.
"""

import secrets
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared import languages
from engage.shared.counts import shown
from engage.shared.errors import NotOpen
from engage.surveys.actions.cards import make_cards
from engage.surveys.desk.pages import pages
from engage.surveys.desk.posters import drawn
from engage.surveys.forms.cards import ANYWHERE, CardsForm
from engage.surveys.queries.cards import cards_made, codes_of
from engage.surveys.queries.waves import setting, settings, wave
from engage.surveys.rules.cards import SHEET, spaced
from engage.surveys.rules.waves import Wave

HELD = "cards"
GONE = "These cards are not here any more. Codes are kept nowhere, so they cannot be printed again: make new ones."


@pages.get("/<code>/cards/")
@open_to(Role.VOICE)
def show_cards(code: str) -> ResponseReturnValue:
    return _page(wave(code), _form(wave(code)))


@pages.post("/<code>/cards/")
@open_to(Role.VOICE)
def add_cards(code: str) -> ResponseReturnValue:
    asked = wave(code)
    form = _form(asked)
    if not form.validate():
        return _page(asked, form), 422
    place, sheets = form.record()
    seed = secrets.token_urlsafe(24)
    setting_id = setting(asked.id, place).id if place else None
    make_cards(asked.id, codes_of(seed, sheets * SHEET), setting_id=setting_id)
    session[HELD] = {"wave": code, "place": place, "sheets": sheets, "seed": seed}
    return redirect(url_for("surveys_desk.show_sheet", code=code), 303)


@pages.get("/<code>/cards/sheet")
@open_to(Role.VOICE)
def show_sheet(code: str) -> ResponseReturnValue:
    held, asked = _held(code), wave(code)
    language = request.args.get("language", "en")
    with force_locale(language if language in languages.offered() else "en"):
        return render_template("surveys/cards_sheet.html", wave=asked, asked=language, **_printed(asked, held))


@pages.post("/<code>/cards/printed")
@open_to(Role.VOICE)
def forget_sheet(code: str) -> ResponseReturnValue:
    session.pop(HELD, None)
    flash("The codes are forgotten here. They are on the cards, and nowhere else.")
    return redirect(url_for("surveys_desk.show_cards", code=code), 303)


def _printed(asked: Wave, held: dict[str, Any]) -> dict[str, Any]:
    codes = [spaced(one) for one in codes_of(held["seed"], held["sheets"] * SHEET)]
    address = url_for("joining.ask", _external=True)
    return {
        "sheets": [codes[at : at + SHEET] for at in range(0, len(codes), SHEET)],
        "name": setting(asked.id, held["place"]).name if held["place"] else "",
        "address": address.partition("://")[2].rstrip("/"),
        "drawn": drawn(address),
        "languages": languages.offered(),
    }


def _held(code: str) -> dict[str, Any]:
    held: dict[str, Any] = session.get(HELD, {})
    if held.get("wave") != code:
        raise NotOpen(GONE)
    return held


def _form(asked: Wave) -> CardsForm:
    form = CardsForm()
    form.place.choices = [(ANYWHERE, "No one place"), *((one.code, one.name) for one in settings(asked.id))]
    return form


def _page(asked: Wave, form: CardsForm) -> str:
    made, used = cards_made(asked.id)
    held = session.get(HELD, {}).get("wave") == asked.code
    return render_template(
        "surveys/desk/cards.html", wave=asked, form=form, made=made, used=shown(used, asked.minimum), held=held
    )
