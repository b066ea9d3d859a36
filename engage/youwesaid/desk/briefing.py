"""Staff pages of briefings: write one about a concern, check it, publish it, see who used it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.youwesaid.actions import briefing as actions
from engage.youwesaid.desk.pages import pages
from engage.youwesaid.forms.briefing import BriefingForm
from engage.youwesaid.queries import briefing as queries
from engage.youwesaid.queries import desk
from engage.youwesaid.rules.as_read import mark_of
from engage.youwesaid.rules.briefing import BOXES
from engage.youwesaid.rules.issuing import BRIEFING

READERS = (Role.VOICE, Role.PQA, Role.SCRUTINEER)


@pages.get("/briefings/")
@open_to(*READERS)
def show_briefings() -> ResponseReturnValue:
    return render_template("youwesaid/desk/briefings.html", page=page_of(queries.briefings(), page_asked()))


@pages.get("/concerns/<int:concern_id>/briefing")
@open_to(Role.VOICE)
def start_briefing(concern_id: int) -> ResponseReturnValue:
    concern = desk.concern(concern_id, me(), today=today())
    return _form(concern_id, BriefingForm(MultiDict({"title": concern.title, "told": concern.you_said})))


@pages.post("/concerns/<int:concern_id>/briefing")
@open_to(Role.VOICE)
def write_briefing(concern_id: int) -> ResponseReturnValue:
    form = BriefingForm(request.form)
    if not form.validate():
        return _form(concern_id, form), 422
    concern = desk.concern(concern_id, me(), today=today())
    made = actions.write(concern.id, form.record(), by=me(), today=today())
    return _back(made, "Written. Somebody else checks it now.")


@pages.get("/briefings/<int:briefing_id>")
@open_to(*READERS)
def show_briefing(briefing_id: int) -> ResponseReturnValue:
    return _page(briefing_id)


@pages.post("/briefings/<int:briefing_id>/rewrite")
@open_to(Role.VOICE)
def rewrite_briefing(briefing_id: int) -> ResponseReturnValue:
    form = BriefingForm(request.form)
    if not form.validate():
        return _page(briefing_id, form), 422
    actions.rewrite(briefing_id, form.record(), by=me(), today=today())
    return _back(briefing_id, "Changed. Somebody else checks it again.")


@pages.post("/briefings/<int:briefing_id>/check")
@open_to(Role.VOICE, Role.PQA)
def check_briefing(briefing_id: int) -> ResponseReturnValue:
    actions.check(briefing_id, by=me(), read=request.form.get("read", ""))
    return _back(briefing_id, "Checked. The team may publish it now.")


@pages.post("/briefings/<int:briefing_id>/publish")
@open_to(Role.VOICE)
def publish_briefing(briefing_id: int) -> ResponseReturnValue:
    actions.publish(briefing_id, by=me(), today=today())
    return _back(briefing_id, "Published. Print it, or send its address.")


@pages.post("/briefings/<int:briefing_id>/withdraw")
@open_to(Role.VOICE, Role.PQA)
def withdraw_briefing(briefing_id: int) -> ResponseReturnValue:
    actions.withdraw(briefing_id, by=me())
    return _back(briefing_id, "Taken back. It may be changed and published again.")


def _form(concern_id: int, form: BriefingForm) -> str:
    concern = desk.concern(concern_id, me(), today=today())
    return render_template("youwesaid/desk/new_briefing.html", concern=concern, form=form, boxes=BOXES)


def _page(briefing_id: int, form: BriefingForm | None = None) -> str:
    briefing, someone = queries.briefing(briefing_id), me()
    verbs = {move.verb for move in BRIEFING.open_moves(briefing.state, someone.roles)}
    if briefing.written_by == someone.id:
        verbs -= {"check"}
    return render_template(
        "youwesaid/desk/briefing.html", briefing=briefing, verbs=verbs, boxes=BOXES, uses=queries.uses_of(briefing_id),
        read=mark_of("briefing", briefing),
        form=form or BriefingForm(MultiDict({"title": briefing.title, **briefing.boxes})),
    )  # fmt: skip


def _back(briefing_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("youwesaid_desk.show_briefing", briefing_id=briefing_id), 303)
