"""Staff pages: whom an alert is about, what others call it, and telling a setting that there is a concern."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import open_to
from engage.accounts.queries import agencies
from engage.accounts.rules import Role
from engage.safeguarding import actions, queries
from engage.safeguarding.desk.pages import acting_on, pages
from engage.safeguarding.forms import AboutForm, ReferenceForm, TellForm
from engage.shared.clock import today
from engage.shared.forms import PageForm


@pages.get("/<int:alert_id>/others")
@open_to(Role.SAFEGUARDING)
def show_others(alert_id: int) -> ResponseReturnValue:
    return _page(alert_id)


@pages.post("/<int:alert_id>/about")
@open_to(Role.SAFEGUARDING)
def say_about(alert_id: int) -> ResponseReturnValue:
    me, form = acting_on(alert_id), about_form()
    if not form.validate():
        return _page(alert_id, about=form), 422
    if actions.say_about(alert_id, form.record(), by=me):
        return _back(alert_id, "Noted. Nobody of that agency can open it.")
    flash("It is about your own agency, so it went to the other safeguarding leads, and you cannot open it any more.")
    return redirect(url_for("safeguarding_desk.show_alerts"), 303)


@pages.post("/<int:alert_id>/reference")
@open_to(Role.SAFEGUARDING)
def add_reference(alert_id: int) -> ResponseReturnValue:
    acting_on(alert_id)
    form = ReferenceForm()
    if not form.validate():
        return _page(alert_id, naming=form), 422
    actions.add_reference(alert_id, form.record())
    return _back(alert_id, "Kept.")


@pages.post("/<int:alert_id>/told")
@open_to(Role.SAFEGUARDING)
def tell_setting(alert_id: int) -> ResponseReturnValue:
    me, form = acting_on(alert_id), TellForm()
    if not form.validate():
        return _page(alert_id, telling=form), 422
    actions.tell_setting(alert_id, form.record(), by=me, today=today())
    return _back(alert_id, "The letter is on its way. It says that there is a concern and whom to call.")


def _page(alert_id: int, **sent: PageForm) -> str:
    nothing: MultiDict[str, str] = MultiDict()
    me = acting_on(alert_id)
    return render_template(
        "safeguarding/desk/others.html",
        alert=queries.alert(alert_id, agencies=me.agencies),
        about=sent.get("about") or about_form(nothing),
        naming=sent.get("naming") or ReferenceForm(nothing),
        telling=sent.get("telling") or TellForm(nothing),
    )


def about_form(typed: MultiDict[str, str] | None = None) -> AboutForm:
    """Offer every agency; of what was sent, or of what is `typed`."""
    form = AboutForm() if typed is None else AboutForm(typed)
    return form.offer({str(agency.id): agency.name for agency in agencies()})


def _back(alert_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("safeguarding_desk.show_alert", alert_id=alert_id), 303)
