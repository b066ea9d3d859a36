"""Answer a survey: the whole of it in one page, saved as it goes, sent once."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InternalError, OperationalError

from engage.accounts.guards import Who, open_to
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotFound, NotOpen
from engage.shared.languages import language
from engage.shared.problems import explain, not_now, too_old
from engage.shared.sent_again import from_afar
from engage.surveys.actions.sittings import Sending, delete_draft, save, send
from engage.surveys.forms.young import typed_into
from engage.surveys.queries.sittings import Draft, Sitting, was_sent
from engage.surveys.queries.waves import definition_of, setting, wave
from engage.surveys.rules.answers import Answers, read_answers, says_no
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.parts import last_part, next_part, part_before, part_of
from engage.surveys.rules.routing import path
from engage.surveys.rules.waves import Wave
from engage.surveys.views.asking import ask_contact_again
from engage.surveys.views.blueprint import pages
from engage.surveys.views.filling import Filling, filled_page, first_card, fresh_page
from engage.surveys.views.holding import (
    arrive_at,
    came_by,
    check_let_in,
    has_put_away,
    has_sent,
    heed,
    is_let_in,
    known_draft,
    known_sitting,
    note_sent,
    others_use_it,
    put_away,
    sitting,
)
from engage.surveys.views.returning import WORDS_POSTS, ask_words_again

SURVEY_POSTS = {
    *(f"surveys.{view}" for view in ("send_answers", "leave_section", "pause", "save_cards", "switch")),
    "surveys.decline",
}
ASKED_AGAIN = {"surveys.keep_contact": ask_contact_again, **dict.fromkeys(WORDS_POSTS, ask_words_again)}
OWN = ("_at", "_shared")  # fields of the page itself, beside those of the survey's items


@pages.get("/<code>")
@open_to(Who.ANYONE)
def show(code: str) -> ResponseReturnValue:
    heed(request.args)
    asked = wave(code)
    draft = known_draft(asked)
    if has_sent(code) or was_sent(asked.id, known_sitting(code), draft):
        put_away(code)
        return render_template("surveys/sent.html", wave=asked)
    if not asked.takes_answers(today()):
        return _not_open(asked, draft)
    return _resumed(asked, draft) if draft else _begun(asked)


@pages.get("/<code>/at/<place>")
@open_to(Who.ANYONE)
def arrive(code: str, place: str) -> ResponseReturnValue:
    asked = wave(code)
    arrive_at(asked, setting(asked.id, place).id, shared=request.args.get("shared") == "yes")
    return redirect(url_for("surveys.show", code=code), 303)


@pages.post("/<code>")
@open_to(Who.ANYONE)
def send_answers(code: str) -> ResponseReturnValue:
    asked = _looked_up(code)
    definition, held = definition_of(asked), sitting(asked)
    typed = _typed(definition)
    answers = read_answers(definition, typed, seed=held.seed)
    if says_no(definition, answers):
        return _declined(asked)
    if answers.problems:
        return filled_page(asked, Filling(typed, answers.problems[0].item, answers.problems), status=422)
    return _sent(asked, held, typed, answers)


@pages.post("/<code>/save")
@open_to(Who.ANYONE)
def save_cards(code: str) -> ResponseReturnValue:
    asked = _looked_up(code)
    definition = definition_of(asked)
    known = {*definition.fields, *OWN}
    cards = [card for card in request.form.get("cards", "").split(",") if card in known]
    typed = typed_into(request.form, [*cards, "_at"], numbers=definition.typed_numbers)
    kept = save(wave=asked, sitting=sitting(asked), typed=typed, today=today(), whole=False)
    return Response(status=204 if kept else 409, mimetype="text/plain")


@pages.post("/<code>/section/<int:part>")
@open_to(Who.ANYONE)
def leave_section(code: str, part: int) -> ResponseReturnValue:
    asked = _looked_up(code)
    definition, held = definition_of(asked), sitting(asked)
    typed = _typed(definition)
    answers = read_answers(definition, typed, seed=held.seed)
    wrong = tuple(found for found in answers.problems if part_of(definition, found.item) == part)
    if wrong and request.form.get("_go") != "back":
        return filled_page(asked, Filling(typed, wrong[0].item, wrong), status=422)
    if says_no(definition, answers):
        return _declined(asked)
    return _go_on(asked, typed, part)


@pages.post("/<code>/activity")
@open_to(Who.ANYONE)
def decline(code: str) -> ResponseReturnValue:
    """Say no where a script runs: nothing that came with it is read, and what was saved is deleted."""
    return _declined(_looked_up(code))


@pages.post("/<code>/switch/<int:part>")
@open_to(Who.ANYONE)
def switch(code: str, part: int) -> ResponseReturnValue:
    """Go on in another language, or in easy words: what was typed is kept first."""
    asked = _looked_up(code)
    save(wave=asked, sitting=sitting(asked), typed=_typed(definition_of(asked)), today=today(), whole=True)
    heed(request.args)
    return redirect(url_for("surveys.show", code=asked.code, part=part), 303)


@pages.before_request
def send_once() -> ResponseReturnValue | None:
    """Take nothing more of a survey whose four words were put away here: it would count as somebody else's."""
    if request.endpoint not in SURVEY_POSTS:
        return None
    code = (request.view_args or {}).get("code", "")
    if not has_put_away(code):
        return None
    if request.endpoint == "surveys.save_cards":
        return Response(status=409, mimetype="text/plain")
    return redirect(url_for("surveys.show", code=code), 303)


@pages.errorhandler(CSRFError)
def keep_what_was_typed(_error: CSRFError) -> ResponseReturnValue:
    """Show the page again with all that was typed, and a token that counts."""
    try:
        if request.endpoint in ASKED_AGAIN and not from_afar():
            return ASKED_AGAIN[request.endpoint]((request.view_args or {})["code"])
        if request.endpoint not in SURVEY_POSTS or from_afar():
            return too_old()
        return _again(_("This page was open for a long time. Press the button once more."), 422)
    except NotFound as error:
        return explain(error)


@pages.errorhandler(InternalError)  # PostgreSQL says so where it may only be read
@pages.errorhandler(OperationalError)
def keep_while_away(error: OperationalError | InternalError) -> ResponseReturnValue:
    """Show the page again when nothing can be written; what was sent alone when nothing can be read either."""
    if request.method != "POST" or request.endpoint not in SURVEY_POSTS:
        return not_now(error)
    try:
        return _again(_("We can't save right now. Try again in a minute."), 503)
    except OperationalError as also:
        return not_now(also)


def _looked_up(code: str) -> Wave:
    """Give the wave before the page writes: nobody waits for the database while answers are read and words hashed."""
    with db.reading():
        asked = wave(code)
        definition_of(asked)
    check_let_in(asked)
    return asked


def _again(trouble: str, status: int) -> ResponseReturnValue:
    with db.reading():  # who could not write would wait as long once more, and have no page
        asked = wave((request.view_args or {})["code"])
        typed = _typed(definition_of(asked))
        return filled_page(asked, Filling(typed, _at(definition_of(asked), typed), trouble=trouble), status=status)


def _typed(definition: Definition) -> dict[str, list[str]]:
    return typed_into(request.form, [*definition.fields, *OWN], numbers=definition.typed_numbers)


def _at(definition: Definition, typed: dict[str, list[str]]) -> str:
    at = next(iter(typed.get("_at", ())), "")
    return at if at in definition.by_code or at == "last" else next(definition.items).code


def _begun(asked: Wave) -> ResponseReturnValue:
    if not is_let_in(asked):
        return redirect(url_for("joining.ask"), 303)
    if not others_use_it(asked):
        return fresh_page(asked)
    return filled_page(asked, Filling({"_shared": ["yes"]}, next(definition_of(asked).items).code))


def _resumed(asked: Wave, draft: Draft) -> Response:
    definition = definition_of(asked)
    typed = {**draft.typed, "_shared": ["yes"]} if others_use_it(asked) else dict(draft.typed)
    at = _at(definition, typed)
    wanted = request.args.get("part", type=int)
    if wanted is not None:
        at = first_card(definition, wanted, path(definition, typed, sitting(asked).seed))
    return filled_page(asked, Filling(typed, at, by_part=wanted is not None))


def _not_open(asked: Wave, draft: Draft | None) -> ResponseReturnValue:
    kept = draft is not None and not asked.over(today())
    over, to_come = asked.over(today()), asked.opens_on > today()
    wave_here = asked.in_(language())
    page = render_template("surveys/not_open.html", wave=wave_here, over=over, to_come=to_come, kept=kept)
    return page, 409


def _sent(asked: Wave, held: Sitting, typed: dict[str, list[str]], answers: Answers) -> ResponseReturnValue:
    sending = Sending(answers.answers, language(), came_by(asked))
    try:
        send(wave=asked, sitting=held, sending=sending, today=today())
    except NotOpen as error:
        return filled_page(asked, Filling(typed, "last", trouble=_(str(error))), status=error.status)
    note_sent(asked, shared="".join(typed["_shared"]))
    return redirect(url_for("surveys.show_thanks", code=asked.code), 303)


def _declined(asked: Wave) -> ResponseReturnValue:
    delete_draft(sitting(asked).key)
    return redirect(url_for("surveys.show_activity", code=asked.code), 303)


def _go_on(asked: Wave, typed: dict[str, list[str]], part: int) -> ResponseReturnValue:
    definition, held = definition_of(asked), sitting(asked)
    codes = path(definition, typed, held.seed)
    if request.form.get("_go") == "back":
        target = part_before(definition, part, codes)
    else:
        target = next_part(definition, part, codes, shown=_shown(definition, part))
    typed["_at"] = [first_card(definition, target, codes)]
    if not save(wave=asked, sitting=held, typed=typed, today=today(), whole=True):
        return redirect(url_for("surveys.show", code=asked.code), 303)
    return redirect(url_for("surveys.show", code=asked.code, part=min(target, last_part(definition))), 303)


def _shown(definition: Definition, part: int) -> set[str]:
    said = request.form.get("_shown", "").split()
    # The first page is the same for everybody, so it does not say what it showed.
    return set(said) or {item.code for item in definition.sections[part].items if item.show_if is None}
