"""The staff page of what became of each theme: which concern answers it, or why it was only noted."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.shared.clock import today
from engage.youwesaid.actions import noted as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.noted import NotedForm
from engage.youwesaid.queries.noted import theme_answers
from engage.youwesaid.rules.concerns import STATE_WORDS


@pages.get("/noted/")
@open_to(Role.VOICE, Role.PQA, Role.SAFEGUARDING, Role.SCRUTINEER)
def show_noted() -> ResponseReturnValue:
    lines = theme_answers(me(), today=today())
    return render_template("youwesaid/desk/noted.html", lines=lines, state_words=STATE_WORDS, roles=me().roles)


@pages.get("/noted/<int:theme_id>")
@open_to(Role.VOICE)
def ask_why_noted(theme_id: int) -> ResponseReturnValue:
    return _page(theme_id, NotedForm(MultiDict()))


@pages.post("/noted/<int:theme_id>")
@open_to(Role.VOICE)
def note_theme(theme_id: int) -> ResponseReturnValue:
    form = NotedForm(request.form)
    if not form.validate():
        return _page(theme_id, form), 422
    actions.note_theme(theme_id, because=form.because.data, by=me(), today=today())
    flash("Noted. It counts on the scoreboard as “noted, because”.")
    return redirect(url_for("youwesaid_desk.show_noted"), 303)


def _page(theme_id: int, form: NotedForm) -> str:
    return render_template("youwesaid/desk/note_theme.html", theme=analysis.theme(theme_id), form=form)
