"""Staff pages of felt-checks: whom to ask, what is open, forums and waves that asked, what came of it."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared import languages
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import felt_check as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.felt_check import HandsForm, WaveForm, WindowForm
from engage.youwesaid.queries import felt_check as queries
from engage.youwesaid.queries.desk import concern
from engage.youwesaid.queries.felt_public import poster_of
from engage.youwesaid.rules.felt_check import FELT_CHECK, SAID, WAYS

READERS = (Role.VOICE, Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER)
USUAL = timedelta(weeks=4)
VERDICTS = {"felt": "Young people say it's better", "not felt": "Not better: open again", "too few": "Too few to tell"}


@pages.get("/felt/")
@open_to(*READERS)
def show_felt_checks() -> ResponseReturnValue:
    found = page_of(queries.checks(me()), page_asked())
    due = queries.due(me(), today=today())
    return render_template("youwesaid/desk/felt_checks.html", page=found, due=due, verdicts=VERDICTS, roles=me().roles)


@pages.get("/concerns/<int:concern_id>/felt")
@open_to(Role.VOICE)
def start_felt_check(concern_id: int) -> ResponseReturnValue:
    return _start(concern_id, WindowForm(MultiDict({"closes_on": (today() + USUAL).isoformat()})))


@pages.post("/concerns/<int:concern_id>/felt")
@open_to(Role.VOICE)
def ask_felt(concern_id: int) -> ResponseReturnValue:
    form, asked = WindowForm(request.form), concern(concern_id, me(), today=today())
    if not form.validate():
        return _start(concern_id, form), 422
    check_id = actions.ask(asked.id, closes_on=form.closes_on.data, by=me(), today=today())
    return _back(check_id, "Asking now: whoever fed this sees the question with their four words.")


@pages.get("/felt/<int:check_id>")
@open_to(*READERS)
def show_felt_check(check_id: int) -> ResponseReturnValue:
    return _page(check_id)


@pages.post("/felt/<int:check_id>/hands")
@open_to(Role.VOICE)
def count_hands(check_id: int) -> ResponseReturnValue:
    check = queries.check(check_id, me(), today=today())
    form = HandsForm(request.form).since(check.opened_on)
    if not form.validate():
        return _page(check_id, hands=form), 422
    actions.count_hands(check.id, form.record(), by=me(), today=today())
    return _back(check_id, "Kept. It is part of the sum.")


@pages.post("/felt/<int:check_id>/hands/<int:hands_id>/drop")
@open_to(Role.VOICE)
def drop_hands(check_id: int, hands_id: int) -> ResponseReturnValue:
    actions.drop_hands(_known(check_id), hands_id)
    return _back(check_id, "Taken out.")


@pages.post("/felt/<int:check_id>/wave")
@open_to(Role.VOICE)
def use_wave(check_id: int) -> ResponseReturnValue:
    form = WaveForm(request.form).offer(queries.wave_questions())
    if not form.validate():
        return _page(check_id, wave=form), 422
    wave_code, item = form.record()
    actions.use_wave(_known(check_id), wave_code=wave_code, item=item)
    return _back(check_id, "Kept: its frozen results count.")


@pages.post("/felt/<int:check_id>/report")
@open_to(Role.PQA)
def report_felt(check_id: int) -> ResponseReturnValue:
    verdict = actions.report(_known(check_id), by=me(), today=today())
    return _back(check_id, f"Closed. {VERDICTS[verdict]}.")


@pages.get("/felt/<int:check_id>/poster")
@open_to(*READERS)
def show_felt_poster(check_id: int) -> ResponseReturnValue:
    check, asked = queries.check(check_id, me(), today=today()), request.args.get("language", "")
    with force_locale(asked if asked in languages.offered() else "en"):
        return render_template("youwesaid/felt_poster.html", check=check, poster=poster_of(check.code), asked=asked)


def _known(check_id: int) -> int:
    return queries.check(check_id, me(), today=today()).id


def _start(concern_id: int, form: WindowForm) -> str:
    asked = concern(concern_id, me(), today=today())
    return render_template("youwesaid/desk/ask_felt.html", concern=asked, form=form)


def _page(check_id: int, hands: HandsForm | None = None, wave: WaveForm | None = None) -> str:
    check, questions = queries.check(check_id, me(), today=today()), queries.wave_questions()
    hands, wave = hands or HandsForm(MultiDict()), wave or WaveForm(_linked(check)).offer(questions)
    state = "open" if check.reported_on is None else "reported"
    return render_template(
        "youwesaid/desk/felt_check.html",
        check=check, address=poster_of(check.code).address, hands=hands, wave=wave,
        questions=questions, verdicts=VERDICTS, ways=WAYS, said=SAID, roles=me().roles,
        moves={move.verb: move for move in FELT_CHECK.open_moves(state, me().roles)},
    )  # fmt: skip


def _linked(check: queries.FeltCheck) -> MultiDict[str, str]:
    return MultiDict({"question": f"{check.wave_code} {check.item}"})


def _back(check_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_felt_check", check_id=check_id), 303)
