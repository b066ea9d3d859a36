"""The staff page of answers that are read a second time, blind, and of what the first reading missed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.analysis.actions import rereading as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.queries.rereading import for_others, missed_by_week, missed_in_all, next_blind
from engage.analysis.rules.rereading import missed_in_short, missed_words
from engage.shared.clock import today


@pages.get("/rereading/")
@open_to(*READERS)
def show_rereading() -> ResponseReturnValue:
    answer, waiting = next_blind(me())
    weeks = missed_by_week()
    return render_template(
        "analysis/desk/rereading.html",
        answer=answer, waiting=waiting, others=for_others(me()), weeks=weeks,
        in_all=missed_in_all(weeks), missed_words=missed_words, missed_in_short=missed_in_short,
    )  # fmt: skip


@pages.post("/rereading/<excerpt_id>/calm")
@open_to(*READERS)
def reread_calm(excerpt_id: str) -> ResponseReturnValue:
    actions.reread(excerpt_id, worrying=False, by=me(), today=today())
    return redirect(url_for("analysis_desk.show_rereading"), 303)


@pages.post("/rereading/<excerpt_id>/worrying")
@open_to(*READERS)
def reread_worrying(excerpt_id: str) -> ResponseReturnValue:
    actions.reread(excerpt_id, worrying=True, by=me(), today=today())
    flash("Raised: the safeguarding lead sees it now, as it was written.")
    return redirect(url_for("analysis_desk.show_rereading"), 303)
