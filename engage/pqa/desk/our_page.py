"""The page of the pack that ambassadors write, on their phones."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.pqa.actions import pack as actions
from engage.pqa.desk.pages import pages
from engage.pqa.forms.pack import PageOfOurs
from engage.pqa.queries.packs import calendar, first_issued, standing, youth_page
from engage.pqa.rules.pack.states import check_young
from engage.pqa.rules.quarters import Quarter, quarter_named, quarter_of
from engage.shared.clock import today


@pages.get("/our-page/")
@open_to(Role.AMBASSADOR)
def show_our_pages() -> ResponseReturnValue:
    now = quarter_of(today())
    lines = calendar(today=today(), first=now.before, last=now.following)
    written = {line.quarter.code: youth_page(line.quarter) for line in lines}
    shown = [line for line in lines if line.meets_on or line.quarter == now or written[line.quarter.code]]
    return render_template("pqa/desk/our_pages.html", lines=shown, written=written, since=first_issued())


@pages.get("/our-page/<quarter>")
@open_to(Role.AMBASSADOR)
def show_our_page(quarter: str) -> ResponseReturnValue:
    check_young(me().roles)
    about = quarter_named(quarter)
    return _page(about, PageOfOurs(MultiDict(), obj=youth_page(about)))


@pages.post("/our-page/<quarter>")
@open_to(Role.AMBASSADOR)
def write_our_page(quarter: str) -> ResponseReturnValue:
    about, form = quarter_named(quarter), PageOfOurs(request.form)
    if not form.validate():
        return _page(about, form), 422
    actions.write_page(about, form.record(), by=me(), today=today())
    flash("Saved. It goes to the panel as you wrote it. You can change it until the pack is issued.")
    return redirect(url_for("pqa_desk.show_our_page", quarter=quarter), 303)


def _page(quarter: Quarter, form: PageOfOurs) -> str:
    return render_template("pqa/desk/our_page.html", quarter=quarter, form=form, issued=standing(quarter))
