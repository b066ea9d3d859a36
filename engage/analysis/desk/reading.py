"""Staff pages of the reading queue and of one answer."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import ask_again, me, open_to
from engage.accounts.rules import TYPED_FOR_WORDS, Role
from engage.analysis import queries
from engage.analysis.actions import alerts, alike
from engage.analysis.actions import reading as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.forms import CodeForm, ReadForm, ReasonForm, TakeOutForm
from engage.analysis.queries import Filters
from engage.safeguarding.guards import open_thing
from engage.shared.clock import today
from engage.shared.counts import several
from engage.shared.errors import NotValid


@pages.get("/reading/")
@open_to(*READERS)
def show_reading() -> ResponseReturnValue:
    filters = _filters()
    found = queries.queue(filters)
    where = queries.reading_places()
    forms = {excerpt.id: ReadForm(MultiDict()).about(excerpt) for excerpt in found.excerpts}
    return render_template(
        "analysis/desk/reading.html",
        queue=found, forms=forms, filters=filters, places=where, roles=me().roles,
        imported=any(place.source_id and not place.forum_id for place, _items in where),
    )  # fmt: skip


@pages.post("/reading/read-all")
@open_to(Role.VOICE)
def read_all() -> ResponseReturnValue:
    read = alike.mark_all_read(request.form.getlist("answer"), by=me(), today=today())
    flash(f"{several(read, 'answer')} marked as read.")
    return _to_queue()


@pages.get("/reading/<excerpt_id>")
@open_to(*READERS)
def show_answer(excerpt_id: str) -> ResponseReturnValue:
    return _page(excerpt_id)


@pages.post("/reading/<excerpt_id>/read")
@open_to(Role.VOICE)
def read_answer(excerpt_id: str) -> ResponseReturnValue:
    form = ReadForm(request.form)
    together = alike.with_same_words(excerpt_id) if form.alike.data else [excerpt_id]
    for theme_id in form.themes.data or []:
        actions.confirm(theme_id, together, by=me())
    if len(together) > 1:
        flash(f"{several(alike.mark_all_read([excerpt_id], by=me(), today=today()), 'answer')} marked as read.")
    actions.mark_read(excerpt_id, by=me(), today=today())
    return _to_queue()


@pages.post("/reading/<excerpt_id>/calm")
@open_to(*READERS)
def say_calm(excerpt_id: str) -> ResponseReturnValue:
    actions.mark_read(excerpt_id, by=me(), today=today())
    return _to_queue()


@pages.post("/reading/<excerpt_id>/unread")
@open_to(Role.VOICE)
def put_back(excerpt_id: str) -> ResponseReturnValue:
    actions.mark_unread(excerpt_id)
    return _back(excerpt_id, "Back in the queue.")


@pages.post("/reading/<excerpt_id>/take-out")
@open_to(Role.VOICE)
def take_words_out(excerpt_id: str) -> ResponseReturnValue:
    form = TakeOutForm(request.form)
    if not form.validate() or not _take_out(excerpt_id, form):
        return _page(excerpt_id, taking=form), 422
    return _back(excerpt_id, "Taken out. The worker leaves it like that.")


@pages.post("/reading/<excerpt_id>/put-back-words")
@open_to(Role.VOICE)
def put_back_words(excerpt_id: str) -> ResponseReturnValue:
    actions.put_back_words(excerpt_id, by=me())
    return _back(excerpt_id, "As the machine had left it. Look whether something personal is in it.")


@pages.post("/reading/<excerpt_id>/original")
@open_to(*READERS)
@ask_again(TYPED_FOR_WORDS, back="analysis_desk.show_answer")
def open_original(excerpt_id: str) -> ResponseReturnValue:
    form = ReasonForm(request.form)
    answer, found = queries.excerpt(excerpt_id), queries.original(excerpt_id)
    if not open_thing(f"excerpt {excerpt_id[:8]}", form, by=me(), did="opened an original answer"):
        return _page(excerpt_id, opening=form), 422
    return render_template("analysis/desk/original.html", original=found, answer=answer)


@pages.post("/reading/<excerpt_id>/alert")
@open_to(*READERS)
def raise_alert(excerpt_id: str) -> ResponseReturnValue:
    alerts.raise_by_hand(excerpt_id, by=me(), today=today())
    return _back(excerpt_id, "Raised: the safeguarding lead sees it now.")


@pages.post("/reading/<excerpt_id>/code")
@open_to(Role.VOICE)
def code(excerpt_id: str) -> ResponseReturnValue:
    theme = queries.theme(request.form.get("theme", 0, type=int))
    actions.confirm(theme.id, [excerpt_id], by=me())
    return _back(excerpt_id, f"It says “{theme.name}”.")


@pages.post("/reading/<excerpt_id>/not-this")
@open_to(Role.VOICE)
def refuse(excerpt_id: str) -> ResponseReturnValue:
    theme = queries.theme(request.form.get("theme", 0, type=int))
    actions.refuse(theme.id, [excerpt_id], by=me())
    return _back(excerpt_id, f"It does not say “{theme.name}”.")


def _take_out(excerpt_id: str, form: TakeOutForm) -> bool:
    """Take it out; a piece that is not there is said beside the box, and what was typed stays."""
    try:
        actions.take_out(excerpt_id, form.record(), by=me())
    except NotValid as wrong:
        form.words.errors = [str(wrong)]
    return not form.errors


def _page(excerpt_id: str, taking: TakeOutForm | None = None, opening: ReasonForm | None = None) -> str:
    answer = queries.excerpt(excerpt_id)
    held = {one.theme_id for one in answer.codings}
    others = [(theme.id, theme.name) for theme in queries.themes("selected") if theme.id not in held]
    return render_template(
        "analysis/desk/answer.html",
        answer=answer, taking=taking or TakeOutForm(MultiDict()),
        opening=opening or ReasonForm(MultiDict()), coding=CodeForm(MultiDict()).offer(others),
        roles=me().roles,
    )  # fmt: skip


def _filters() -> Filters:
    asked = request.args
    return Filters(
        asked.get("subject", ""), asked.get("item", ""), asked.get("show", ""), asked.get("page", 1, type=int)
    )


def _to_queue() -> ResponseReturnValue:
    kept = {key: request.args[key] for key in ("subject", "item", "page") if request.args.get(key)}
    return redirect(url_for("analysis_desk.show_reading", **kept), 303)  # type: ignore[arg-type]


def _back(excerpt_id: str, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("analysis_desk.show_answer", excerpt_id=excerpt_id), 303)
