"""Staff pages of a proposed concern: the panel sends it back with a reason, the team changes its words."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.shared.clock import today
from engage.youwesaid.actions import proposing as actions
from engage.youwesaid.desk.concern import concern_page
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.concern import SendBackForm, WordsForm
from engage.youwesaid.queries import desk as queries


@pages.post("/concerns/<int:concern_id>/send_back")
@open_to(Role.PQA)
def send_concern_back(concern_id: int) -> ResponseReturnValue:
    form, found = SendBackForm(request.form), queries.concern(concern_id, me(), today=today())
    if not form.validate():
        return concern_page(concern_id, returning=form), 422
    actions.send_back(found.id, reason=form.missing.data, by=me(), today=today())
    return _back(concern_id, "Sent back. The team reads why on its own page.")


@pages.get("/concerns/<int:concern_id>/words")
@open_to(Role.VOICE)
def start_rewriting_concern(concern_id: int) -> ResponseReturnValue:
    found = queries.concern(concern_id, me(), today=today())
    return _form(found, WordsForm(MultiDict(), obj=found))


@pages.post("/concerns/<int:concern_id>/words")
@open_to(Role.VOICE)
def rewrite_concern(concern_id: int) -> ResponseReturnValue:
    form, found = WordsForm(request.form), queries.concern(concern_id, me(), today=today())
    if not form.validate():
        return _form(found, form), 422
    actions.rewrite(found.id, form.record(), by=me(), today=today())
    return _back(concern_id, "Kept. The panel reads it anew.")


def _form(found: queries.Concern, form: WordsForm) -> str:
    evidence = analysis.evidence_of(queries.themes_of(found.id))
    return render_template("youwesaid/desk/concern_words.html", concern=found, form=form, evidence=evidence)


def _back(concern_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)
