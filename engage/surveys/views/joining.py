"""The page where a card's code is typed, or the number that somebody said to the whole group."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.safeguarding.ear import listen
from engage.shared import db, throttle
from engage.shared.clock import today
from engage.shared.errors import EngageError, NotFound, NotOpen
from engage.shared.languages import translated
from engage.surveys.actions.cards import UNKNOWN, use_card
from engage.surveys.forms.young import CodeForm
from engage.surveys.queries.pins import setting_of_pin
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.cards import CARD, PIN, Typed
from engage.surveys.rules.waves import Wave, check_takes_answers
from engage.surveys.views.holding import arrive_at, arrive_with_card

pages = Blueprint("joining", __name__, url_prefix="/join", template_folder="../templates")
PURPOSE, MOST = "codes", 80  # wrong tries an hour from one place: 35 pupils behind one address may each slip twice


@pages.get("/")
@open_to(Who.ANYONE)
def ask() -> ResponseReturnValue:
    return render_template("surveys/join.html", form=CodeForm())


@pages.post("/")
@open_to(Who.ANYONE)
def join() -> ResponseReturnValue:
    throttle.check(PURPOSE, most=MOST)
    form = CodeForm()
    if not form.validate():
        return render_template("surveys/join.html", form=form), 422
    try:
        wave = _let_in(form.record())
    except (NotFound, NotOpen) as error:
        return _refused(form, error)
    return redirect(url_for("surveys.show", code=wave.code), 303)


def _let_in(typed: Typed) -> Wave:
    if typed.kind == CARD:
        card = use_card(typed.code, today=today())
        wave = wave_by_id(card.wave_id)
        arrive_with_card(wave, card.setting_id)
        return wave
    setting = setting_of_pin(typed.code) if typed.kind == PIN else None
    if setting is None:
        raise NotFound(UNKNOWN)
    wave = wave_by_id(setting.wave_id)
    check_takes_answers(wave, today())
    arrive_at(wave, setting.id)
    return wave


def _refused(form: CodeForm, error: EngageError) -> ResponseReturnValue:
    db.session.rollback()
    throttle.count(PURPOSE)
    form.code.errors = [translated(str(error))]
    return render_template("surveys/join.html", form=form), 409 if isinstance(error, NotOpen) else 422


listen(pages, secret=lambda: None, place=lambda _field: "Code of a card")
