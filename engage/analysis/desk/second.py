"""Where two people coded an answer differently: talk it over, decide, and see how far they agree."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis.actions import coding as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.forms import CodingForm
from engage.analysis.queries.agreement import agreements, differences
from engage.analysis.queries.coding import frame_lines
from engage.shared.clock import today
from engage.surveys.queries.places import place


@pages.get("/frame/differences/<subject>")
@open_to(*READERS)
def show_differences(subject: str) -> ResponseReturnValue:
    return _page(subject)


@pages.post("/frame/differences/<subject>/<excerpt_id>")
@open_to(Role.VOICE)
def settle_difference(subject: str, excerpt_id: str) -> ResponseReturnValue:
    form = CodingForm(request.form)
    if not form.validate():
        return _page(subject, form, excerpt_id), 422
    actions.settle(excerpt_id, form.record(), by=me(), today=today())
    flash("Decided: this is what counts. What each of you said first stays for the figure.")
    return redirect(url_for("analysis_desk.show_differences", subject=subject), 303)


@pages.post("/frame/agree")
@open_to(Role.VOICE)
def ask_for_agreement() -> ResponseReturnValue:
    actions.ask_for_agreement(request.form.get("subject", ""))
    flash("The worker computes it. This page shows how far it has come; you can leave it.")
    return redirect(url_for("analysis_desk.show_frame", awaited="1"), 303)


def _page(subject: str, form: CodingForm | None = None, wrong: str = "") -> str:
    about = place(subject)
    return render_template(
        "analysis/desk/differences.html",
        about=about, differences=differences(about), frame=frame_lines(), form=form, wrong=wrong, roles=me().roles,
        agreed=next((one for one in agreements() if one.place == about), None),
    )  # fmt: skip
