"""Staff pages: a question cut by one or two others, computed once by the worker and kept."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.analysis.actions.cuts import ask_cut
from engage.analysis.queries.cuts import Cut, CutLine, cut
from engage.pqa.desk.pages import CUTTERS, READERS, pages
from engage.pqa.desk.results import asked, shown
from engage.pqa.forms.cut import CutForm
from engage.pqa.rules import meaning
from engage.shared.errors import NotFound
from engage.shared.words import N_


@pages.post("/results/<wave_code>/<item>/cut")
@open_to(*CUTTERS)
def ask_for_cut(wave_code: str, item: str) -> ResponseReturnValue:
    about = asked(wave_code, item)
    form = CutForm.for_question(about)
    if not form.validate():
        return render_template("pqa/desk/question.html", form=form, **shown(about)), 422
    item, by = ask_cut(about, form.record())
    flash("Asked for. The worker counts it once; what it finds stays as it is.")
    return redirect(url_for(".show_cut", wave_code=wave_code, item=item, by=by), 303)


@pages.get("/results/<wave_code>/<item>/cut")
@open_to(*READERS)
def show_cut(wave_code: str, item: str) -> ResponseReturnValue:
    about, found = asked(wave_code, item), _found(wave_code, item)
    made = found if isinstance(found, Cut) else None
    return render_template("pqa/desk/cut.html", about=about, cut=made, line=found, meaning=meaning)


def _found(wave_code: str, item: str) -> Cut | CutLine:
    found = cut(wave_code, item, tuple(request.args.getlist("by")))
    if found is None:
        raise NotFound(N_("Nobody asked for this cut yet. The page of the question offers what it can be cut by."))
    return found
