"""The staff page of what is new in a wave, in two tiers, and of what would have been too small to see."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis.actions import emerging as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.queries.emerging import compared_waves, emerging_of, work_on

SEERS = (*READERS, Role.PQA, Role.SCRUTINEER)


@pages.get("/emerging/")
@open_to(*SEERS)
def show_emerging() -> ResponseReturnValue:
    waves = compared_waves()
    subject = request.args.get("subject", waves[0].subject if waves else "")
    return render_template(
        "analysis/desk/emerging.html",
        waves=waves, subject=subject, found=emerging_of(subject, me().roles) if subject else None,
        work=work_on("emerging"), may_ask=bool(me().roles & set(READERS)), roles=me().roles,
    )  # fmt: skip


@pages.post("/emerging/look")
@open_to(*READERS)
def look_for_new() -> ResponseReturnValue:
    subject = request.form.get("subject", "")
    actions.look_for_new(subject)
    flash("Comparing with the waves before. This page shows how far it has come; you can leave it.")
    return redirect(url_for("analysis_desk.show_emerging", subject=subject, awaited="1"), 303)
