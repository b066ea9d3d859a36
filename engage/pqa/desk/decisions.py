"""Staff pages of what the panel decided, and of challenges to its packs."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.queries import people
from engage.accounts.rules import Role
from engage.pqa.actions import decisions as actions
from engage.pqa.desk.pages import pages
from engage.pqa.forms.decision import AnswerForm, ChallengeForm, DecisionForm, DoneForm
from engage.pqa.queries import decisions as queries
from engage.pqa.queries.packs import asked_for, standing
from engage.pqa.rules.quarters import Quarter, quarter_named
from engage.shared.clock import today

OWNERS = (Role.PQA, Role.VOICE, Role.AGENCY, Role.SAFEGUARDING)
READERS = (*OWNERS, Role.SCRUTINEER)


@pages.get("/decisions/")
@open_to(*READERS)
def show_decisions() -> ResponseReturnValue:
    sees_all, found = bool(me().roles & queries.PANEL), queries.decisions_for(me(), today=today())
    asked = queries.challenges(today=today()) if sees_all else []
    return render_template(
        "pqa/desk/decisions.html",
        decisions=found, challenges=asked, sees_all=sees_all, mine=me().id, roles=me().roles,
    )  # fmt: skip


@pages.get("/packs/<quarter>/decide")
@open_to(Role.PQA)
def start_decision(quarter: str) -> ResponseReturnValue:
    about = quarter_named(quarter)
    return _deciding(about, _decision_form(about, MultiDict()))


@pages.post("/packs/<quarter>/decide")
@open_to(Role.PQA)
def decide(quarter: str) -> ResponseReturnValue:
    about = quarter_named(quarter)
    form = _decision_form(about, request.form)
    if not form.validate():
        return _deciding(about, form), 422
    actions.decide(about, form.record(), by=me(), today=today())
    return _back(about, "Recorded. It waits on its owner's page, and in the next pack until it is done.")


@pages.get("/decisions/<int:decision_id>/done")
@open_to(*OWNERS)
def start_finishing(decision_id: int) -> ResponseReturnValue:
    return _finishing(decision_id, DoneForm(MultiDict()))


@pages.post("/decisions/<int:decision_id>/done")
@open_to(*OWNERS)
def finish_decision(decision_id: int) -> ResponseReturnValue:
    form = DoneForm(request.form)
    if not form.validate():
        return _finishing(decision_id, form), 422
    actions.finish(decision_id, came_of_it=form.came_of_it.data, by=me(), today=today())
    flash("Thank you. The next pack says so.")
    return redirect(url_for("pqa_desk.show_decisions"), 303)


@pages.get("/packs/<quarter>/challenge")
@open_to(Role.PQA, Role.SCRUTINEER)
def start_challenge(quarter: str) -> ResponseReturnValue:
    return _challenging(quarter_named(quarter), ChallengeForm(MultiDict()))


@pages.post("/packs/<quarter>/challenge")
@open_to(Role.PQA, Role.SCRUTINEER)
def challenge(quarter: str) -> ResponseReturnValue:
    about, form = quarter_named(quarter), ChallengeForm(request.form)
    if not form.validate():
        return _challenging(about, form), 422
    actions.challenge(about, words=form.challenge.data, by=me(), today=today())
    return _back(about, "Challenged. It waits on the panel's Today until somebody answers.")


@pages.get("/challenges/<int:challenge_id>/answer")
@open_to(Role.PQA, Role.VOICE)
def start_answer(challenge_id: int) -> ResponseReturnValue:
    return _answering(challenge_id, AnswerForm(MultiDict()))


@pages.post("/challenges/<int:challenge_id>/answer")
@open_to(Role.PQA, Role.VOICE)
def answer_challenge(challenge_id: int) -> ResponseReturnValue:
    found, form = queries.challenge(challenge_id, today=today()), AnswerForm(request.form)
    if not form.validate():
        return _answering(challenge_id, form), 422
    actions.answer(challenge_id, words=form.answer.data, by=me(), today=today())
    return _back(found.quarter, "Answered. The answer stands beside the challenge.")


def _decision_form(quarter: Quarter, typed: MultiDict[str, str]) -> DecisionForm:
    form = DecisionForm(typed)
    owners = {one.id: f"{one.name}, {one.agency}".strip(", ") for one in people() if one.roles & set(OWNERS)}
    form.offer({one.id: one.words for one in asked_for(quarter) if not one.decided}, owners)
    return form


def _deciding(quarter: Quarter, form: DecisionForm) -> str:
    return render_template("pqa/desk/decide.html", quarter=quarter, issued=standing(quarter), form=form)


def _challenging(quarter: Quarter, form: ChallengeForm) -> str:
    return render_template("pqa/desk/challenge.html", quarter=quarter, issued=standing(quarter), form=form)


def _finishing(decision_id: int, form: DoneForm) -> str:
    which = {"to": "pqa_desk.finish_decision", "which": {"decision_id": decision_id}, "is_challenge": False}
    one = queries.decision_of(decision_id, me(), today=today())
    return render_template(
        "pqa/desk/answer.html", one=one, form=form, field=form.came_of_it, words="Say what came of it", **which
    )


def _answering(challenge_id: int, form: AnswerForm) -> str:
    which = {"to": "pqa_desk.answer_challenge", "which": {"challenge_id": challenge_id}, "is_challenge": True}
    one = queries.challenge(challenge_id, today=today())
    return render_template("pqa/desk/answer.html", one=one, form=form, field=form.answer, words="Answer it", **which)


def _back(quarter: Quarter, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("pqa_desk.show_quarter", quarter=quarter.code), 303)
