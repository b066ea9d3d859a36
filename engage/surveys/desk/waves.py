"""Staff pages: surveys and their waves, opening and closing."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import ask_again, open_to, person
from engage.accounts.guards import me as signed_in
from engage.accounts.rules import TYPED_FOR_WORDS, Person, Role
from engage.safeguarding.forms import ReasonForm
from engage.safeguarding.guards import is_opened, open_thing
from engage.safeguarding.queries import contact_request
from engage.safeguarding.queries.duty import rota
from engage.shared import db
from engage.shared.clock import today
from engage.shared.counts import shown
from engage.shared.errors import EngageError, NotFound, NotOpen, NotValid
from engage.shared.languages import NAMES, in_english, offered
from engage.surveys.actions import waves as actions
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.wave import NewWaveForm, SettingForm, WaveWordsForm, first_words
from engage.surveys.queries.fieldwork import going
from engage.surveys.queries.opening import checks, reader_days
from engage.surveys.queries.pins import pin_of
from engage.surveys.queries.sign_offs import not_checked
from engage.surveys.queries.sittings import answers_of_receipt
from engage.surveys.queries.waves import (
    NO_SUCH,
    definition_of,
    modules,
    responses_by_setting,
    responses_by_wave,
    settings,
    surveys,
    wave,
    waves,
)
from engage.surveys.rules.cards import spaced
from engage.surveys.rules.shipped import CODES, shipped
from engage.surveys.rules.waves import STATE_NAMES, WAVE

CLOSED = (
    "Closed. The worker begins within a minute: it makes the last answers ready to read, counts the results, and looks "
    "for themes and for what is new. Their pages show it as it comes; you can leave this one."
)


@pages.get("/")
@open_to(*LOOKERS)
def show_waves() -> ResponseReturnValue:
    counts = responses_by_wave()
    rows = [(one, shown(counts.get(one.id, 0), one.minimum)) for one in waves()]
    published = surveys()
    waiting = {code: shipped(code).title.in_("en") for code in CODES if code not in {one.code for one in published}}
    return render_template(
        "surveys/desk/waves.html", rows=rows, surveys=published, waiting=waiting, states=STATE_NAMES, today=today()
    )


@pages.get("/<code>")
@open_to(*LOOKERS)
def show_wave(code: str) -> ResponseReturnValue:
    return _wave_page(code, SettingForm())


@pages.post("/asked/<int:request_id>")
@open_to(Role.SAFEGUARDING, Role.VOICE)
@ask_again(TYPED_FOR_WORDS, back="safeguarding_desk.show_contact")
def open_answers(request_id: int) -> ResponseReturnValue:
    """Show what somebody answered who asked for contact and ticked that whoever contacts them may see it."""
    me, about = signed_in(), f"contact request {request_id}"
    asked = contact_request(request_id, agencies=me.agencies)
    if not is_opened(about, by=me):
        return redirect(url_for("safeguarding_desk.show_contact", request_id=request_id), 303)
    said = answers_of_receipt(asked.receipt_hash)
    open_thing(f"answers of {about}", ReasonForm(), by=me)
    return render_template("surveys/desk/answers.html", said=said, request_id=request_id)


@pages.get("/new")
@open_to(Role.VOICE)
def ask_new_wave() -> ResponseReturnValue:
    form = _new_wave_form()
    form.asks_for_others()  # nobody was asked yet: the page notes what it offers
    return render_template("surveys/desk/new_wave.html", form=form)


@pages.post("/new")
@open_to(Role.VOICE)
def add_wave() -> ResponseReturnValue:
    form = _new_wave_form()
    if form.asks_for_others() or not form.validate():
        return render_template("surveys/desk/new_wave.html", form=form), 422
    try:
        actions.add_wave(form.version_id.data, form.new_wave())
    except NotValid as error:
        return render_template("surveys/desk/new_wave.html", form=form, trouble=str(error)), 422
    return redirect(url_for("surveys_desk.show_wave", code=form.code.data), 303)


@pages.post("/publish/<template>")
@open_to(Role.VOICE)
def publish(template: str) -> ResponseReturnValue:
    if template not in CODES:
        raise NotFound(NO_SUCH)
    actions.publish_template(template, today=today())
    flash("Published. Its words cannot change in this version any more.")
    return redirect(url_for("surveys_desk.show_waves"), 303)


@pages.post("/<code>/settings")
@open_to(Role.VOICE)
def add_setting(code: str) -> ResponseReturnValue:
    form = SettingForm()
    if not form.validate():
        return _wave_page(code, form), 422
    new = form.record()
    actions.add_setting(wave(code).id, name=new.name, target=new.target, contact=new.contact)
    return redirect(url_for("surveys_desk.show_wave", code=code), 303)


@pages.get("/<code>/words/<language>")
@open_to(Role.VOICE)
def ask_wave_words(code: str, language: str) -> ResponseReturnValue:
    asked = wave(code)
    form = WaveWordsForm(data=dict(dict(asked.translations).get(language, ())))
    return render_template("surveys/desk/wave_words.html", wave=asked, form=form, name=NAMES.get(language, language))


@pages.post("/<code>/words/<language>")
@open_to(Role.VOICE)
def keep_wave_words(code: str, language: str) -> ResponseReturnValue:
    asked, form = wave(code), WaveWordsForm()
    name = NAMES.get(language, language)
    if not form.validate():
        return render_template("surveys/desk/wave_words.html", wave=asked, form=form, name=name), 422
    actions.translate_wave(asked.id, language, form.record())
    flash(f"The texts in {name} are kept.")
    return redirect(url_for("surveys_desk.show_wave", code=code), 303)


@pages.post("/<code>/open")
@open_to(Role.VOICE)
def open_wave(code: str) -> ResponseReturnValue:
    return _moved(code, lambda wave_id, me: actions.open_wave(wave_id, today=today(), roles=me.roles))


@pages.post("/<code>/pause")
@open_to(Role.VOICE, Role.SAFEGUARDING)
def pause_wave(code: str) -> ResponseReturnValue:
    return _moved(code, lambda wave_id, me: actions.pause_wave(wave_id, roles=me.roles))


@pages.post("/<code>/resume")
@open_to(Role.VOICE)
def resume_wave(code: str) -> ResponseReturnValue:
    return _moved(code, lambda wave_id, me: actions.resume_wave(wave_id, today=today(), roles=me.roles))


@pages.post("/<code>/close")
@open_to(Role.VOICE)
def close_wave(code: str) -> ResponseReturnValue:
    return _moved(code, lambda wave_id, me: actions.close_wave(wave_id, roles=me.roles, on=today()), CLOSED)


def _moved(code: str, move: Callable[[int, Person], None], said: str = "") -> ResponseReturnValue:
    me, asked = person(), wave(code)
    try:
        if me:
            move(asked.id, me)
    except NotOpen as error:
        db.session.rollback()
        return _wave_page(code, SettingForm(formdata=None), trouble=error), error.status
    if said:
        flash(said)
    return redirect(url_for("surveys_desk.show_wave", code=code), 303)


def _new_wave_form() -> NewWaveForm:
    published = [survey for survey in surveys() if survey.version_id]
    asked = next((survey.version_id for survey in published if survey.code == request.args.get("survey")), None)
    form = NewWaveForm(version_id=asked, **first_words(request.args))
    form.version_id.choices = [(survey.version_id, survey.title) for survey in published]
    form.offer_modules(modules(form.version_id.data or next((survey.version_id for survey in published), None)))
    return form


def _wave_page(code: str, form: SettingForm, *, trouble: EngageError | None = None) -> str:
    asked, me = wave(code), person()
    counts = responses_by_setting(asked.id)
    *rows, by_no_link = going(asked)
    asks = asked.state in ("draft", "paused")
    moves = [move for move in WAVE.open_moves(asked.state, me.roles if me else ()) if move.verb != "report"]
    return render_template(
        "surveys/desk/wave.html",
        wave=asked,
        definition=definition_of(asked),
        rows=rows,
        numbers={one.code: spaced(pin_of(asked.id, one.code)) for one in settings(asked.id)},
        total=shown(sum(counts.values()), asked.minimum),
        by_no_link=by_no_link,
        moves=moves,
        state=STATE_NAMES[asked.state],
        checks=checks(asked, today()) if asks else [],
        readers=reader_days(rota(max(asked.opens_on, today()), asked.closes_on)),
        may_take=me is not None and bool(me.roles & {Role.VOICE, Role.SAFEGUARDING}),
        may_prepare=me is not None and Role.VOICE in me.roles,
        keeps_safe=me is not None and Role.SAFEGUARDING in me.roles,
        languages=NAMES,
        unchecked=[in_english(code) for code in not_checked(definition_of(asked)) if code in offered()],
        form=form,
        trouble=trouble,
        today=today(),
    )
