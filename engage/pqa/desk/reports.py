"""Staff pages made of issued packs: the extract for the partnership's yearly report, and evidence between two days."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import open_to
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.forms.pack import SpanForm
from engage.pqa.queries.decisions import challenges, decisions_of
from engage.pqa.queries.evidence import evidence
from engage.pqa.queries.packs import issued_between
from engage.pqa.rules.quarters import year_of
from engage.shared.clock import today

TOP = 5  # themes of each wave


@pages.get("/packs/year/<int:year>")
@open_to(*READERS)
def show_year(year: int) -> ResponseReturnValue:
    span = year_of(year)
    packs = issued_between(span.since, span.until)
    decided = {pack.body.quarter: decisions_of(pack.about.quarter, today=today()) for pack in packs}
    asked = {pack.body.quarter: challenges(today=today(), quarter=pack.about.quarter) for pack in packs}
    return render_template(
        "pqa/desk/year.html", year=year, packs=packs, decided=decided, asked=asked, top=TOP
    )  # fmt: skip


@pages.get("/packs/evidence")
@open_to(*READERS)
def show_evidence() -> ResponseReturnValue:
    form = SpanForm(request.args or MultiDict())
    if not request.args:
        return render_template("pqa/desk/evidence.html", form=form, found=None)
    if not form.validate():
        return render_template("pqa/desk/evidence.html", form=form, found=None), 422
    found = evidence(form.since.data, form.until.data, today=today())
    return render_template("pqa/desk/evidence.html", form=form, found=found)
