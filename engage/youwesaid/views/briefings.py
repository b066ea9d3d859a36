"""Seven-minute briefings, for whoever works with young people; and the form of a team that used one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import Who, open_to
from engage.accounts.queries import agencies
from engage.shared import outbox, throttle
from engage.shared.clock import today
from engage.shared.paging import page_asked, page_of
from engage.shared.scanning import code_to_scan
from engage.youwesaid.actions import briefing as actions
from engage.youwesaid.forms.used import UsedForm
from engage.youwesaid.queries import briefing as queries
from engage.youwesaid.rules.briefing import BOXES
from engage.youwesaid.views.blueprint import kept, pages

PURPOSE, MOST = "used a briefing", 30  # a whole training day at one address in an hour or two


@pages.get("/briefings/")
@open_to(Who.ANYONE)
def show_briefings() -> ResponseReturnValue:
    return kept(lambda: render_template("youwesaid/briefings.html", page=page_of(queries.published(), page_asked())))


@pages.get("/briefings/<slug>")
@open_to(Who.ANYONE)
def show_briefing(slug: str) -> ResponseReturnValue:
    return kept(lambda: _one(slug))


@pages.get("/briefings/<slug>/used")
@open_to(Who.ANYONE)
def ask_use(slug: str) -> ResponseReturnValue:
    return _used(slug, _form())


@pages.post("/briefings/<slug>/used")
@open_to(Who.ANYONE)
def note_use(slug: str) -> ResponseReturnValue:
    throttle.slow_down(PURPOSE, most=MOST)
    briefing, form = queries.published_one(slug), _form()
    if not form.validate():
        return _used(slug, form), 422
    actions.note_use(briefing.id, agency_id=form.agency_id.data or None, how=form.how.data, today=today())
    return redirect(url_for("youwesaid.show_use_kept", slug=slug), 303)


@pages.get("/briefings/<slug>/used/kept")
@open_to(Who.ANYONE)
def show_use_kept(slug: str) -> ResponseReturnValue:
    return render_template("youwesaid/used_kept.html", briefing=queries.published_one(slug))


def _one(slug: str) -> str:
    briefing = queries.published_one(slug)
    code = code_to_scan(outbox.link(url_for("youwesaid.ask_use", slug=slug)))
    return render_template("youwesaid/briefing.html", briefing=briefing, boxes=BOXES, code=code)


def _form() -> UsedForm:
    form = UsedForm(request.form if request.method == "POST" else MultiDict())
    form.offer_agencies({agency.id: agency.name for agency in agencies()})
    return form


def _used(slug: str, form: UsedForm) -> str:
    return render_template("youwesaid/used.html", briefing=queries.published_one(slug), form=form)
