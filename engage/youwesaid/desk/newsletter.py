"""Staff pages of the newsletter: begin, see what it says, check, send."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import newsletter as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.newsletter import NewsletterForm, WordsForm
from engage.youwesaid.queries import newsletter as queries
from engage.youwesaid.rules.as_read import mark_of
from engage.youwesaid.rules.issuing import NEWSLETTER
from engage.youwesaid.rules.newsletter import EDITIONS, KINDS

READERS = (Role.VOICE, Role.PQA, Role.SCRUTINEER)


@pages.get("/newsletters/")
@open_to(*READERS)
def show_newsletters() -> ResponseReturnValue:
    return _list(NewsletterForm(MultiDict()))


@pages.post("/newsletters/")
@open_to(Role.VOICE)
def begin_newsletter() -> ResponseReturnValue:
    form = NewsletterForm(request.form)
    if not form.beside(queries.being_written()).validate():
        return _list(form), 422
    made = actions.begin(form.edition.data, words=form.words.data, by=me(), today=today())
    return _back(made, "Begun. Somebody else reads the words above, then it may go out.")


@pages.get("/newsletters/<int:newsletter_id>")
@open_to(*READERS)
def show_newsletter(newsletter_id: int) -> ResponseReturnValue:
    return _page(newsletter_id)


@pages.post("/newsletters/<int:newsletter_id>/rewrite")
@open_to(Role.VOICE)
def rewrite_newsletter(newsletter_id: int) -> ResponseReturnValue:
    form = WordsForm(request.form)
    if not form.validate():
        return _page(newsletter_id, form), 422
    actions.rewrite(newsletter_id, words=form.words.data, by=me(), today=today())
    return _back(newsletter_id, "Changed. Somebody else reads it again.")


@pages.post("/newsletters/<int:newsletter_id>/check")
@open_to(Role.VOICE, Role.PQA)
def check_newsletter(newsletter_id: int) -> ResponseReturnValue:
    actions.check(newsletter_id, by=me(), read=request.form.get("read", ""))
    return _back(newsletter_id, "Checked. The team may send it now.")


@pages.post("/newsletters/<int:newsletter_id>/issue")
@open_to(Role.VOICE)
def issue_newsletter(newsletter_id: int) -> ResponseReturnValue:
    actions.issue(newsletter_id, by=me(), today=today())
    return _back(newsletter_id, "Sent. It has a page of its own that anybody may read.")


def _list(form: NewsletterForm) -> str:
    page = page_of(queries.newsletters(), page_asked())
    writes = Role.VOICE in me().roles
    return render_template("youwesaid/desk/newsletters.html", page=page, form=form, editions=EDITIONS, writes=writes)


def _page(newsletter_id: int, form: WordsForm | None = None) -> str:
    number, someone = queries.newsletter(newsletter_id), me()
    verbs = {move.verb for move in NEWSLETTER.open_moves(number.state, someone.roles)}
    if number.written_by == someone.id:
        verbs -= {"check"}
    return render_template(
        "youwesaid/desk/newsletter.html", number=number, news=queries.news(number.since, number.until), verbs=verbs,
        kinds=KINDS, editions=EDITIONS, read=mark_of("newsletter", number),
        form=form or WordsForm(MultiDict(), obj=number),
    )  # fmt: skip


def _back(newsletter_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_newsletter", newsletter_id=newsletter_id), 303)
