"""Staff pages: quotes of a concern, and the themes it rests on."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.shared.clock import today
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.actions import quote as actions
from engage.youwesaid.desk.concern import concern_page, other_themes, said_about
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.quote import QuoteForm, ThemeForm
from engage.youwesaid.queries import desk as queries
from engage.youwesaid.queries.quotes import concern_of


@pages.post("/concerns/<int:concern_id>/quotes")
@open_to(Role.VOICE)
def choose_quote(concern_id: int) -> ResponseReturnValue:
    found = queries.concern(concern_id, me(), today=today())
    said = said_about(analysis.evidence_of(queries.themes_of(found.id)))
    form = QuoteForm(request.form).offer(said)
    if not form.validate():
        return concern_page(concern_id, quoting=form), 422
    actions.choose(found.id, form.record(), said, by=me(), today=today())
    return _back(concern_id, "Kept. Somebody else checks it before anybody outside reads it.")


@pages.post("/quotes/<int:quote_id>/check")
@open_to(Role.VOICE, Role.PQA, Role.SAFEGUARDING)
def check_quote(quote_id: int) -> ResponseReturnValue:
    concern_id = queries.concern(concern_of(quote_id), me(), today=today()).id
    actions.check(quote_id, by=me(), today=today())
    return _back(concern_id, "Checked by two people: it stands on the public page now.")


@pages.post("/quotes/<int:quote_id>/take_back")
@open_to(Role.VOICE, Role.PQA, Role.SAFEGUARDING)
def take_back_quote(quote_id: int) -> ResponseReturnValue:
    concern_id = queries.concern(concern_of(quote_id), me(), today=today()).id
    actions.take_back(quote_id, today=today())
    return _back(concern_id, "Taken back for good. Its words are kept nowhere.")


@pages.post("/concerns/<int:concern_id>/themes")
@open_to(Role.VOICE)
def add_theme(concern_id: int) -> ResponseReturnValue:
    found = queries.concern(concern_id, me(), today=today())
    form = ThemeForm(request.form).offer(other_themes(concern_id))
    if not form.validate():
        return _back(concern_id, "Nothing was added: choose a theme from the list.")
    concerns.rest_on(found.id, theme_id=form.theme_id.data, by=me(), today=today())
    return _back(concern_id, "Added. Who said that is told what happens here, too.")


def _back(concern_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_concern", concern_id=concern_id), 303)
