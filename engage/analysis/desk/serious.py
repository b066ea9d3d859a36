"""The restricted staff page of the few who said that they are not safe: true counts, for a reason, written down."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import ask_again, me, open_to
from engage.accounts.rules import TYPED_FOR_WORDS, Role
from engage.analysis.actions import serious as actions
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.forms import FewReasonForm
from engage.analysis.queries.emerging import work_on
from engage.analysis.queries.serious import serious_of, serious_place, serious_waves
from engage.safeguarding.guards import is_opened, open_thing
from engage.safeguarding.queries import is_on_duty
from engage.shared.clock import today

FEW_READERS = (*READERS, Role.PQA)


@pages.get("/serious/")
@open_to(*FEW_READERS)
def show_all_serious() -> ResponseReturnValue:
    return render_template(
        "analysis/desk/all_serious.html",
        waves=serious_waves(), work=work_on("serious"), may_ask=bool(me().roles & set(READERS)),
    )  # fmt: skip


@pages.post("/serious/look")
@open_to(*READERS)
def look_for_serious() -> ResponseReturnValue:
    actions.look_for_serious(request.form.get("subject", ""))
    flash("Looking. This page shows how far it has come; you can leave it.")
    return redirect(url_for("analysis_desk.show_all_serious", awaited="1"), 303)


@pages.get("/serious/<wave_code>")
@open_to(*FEW_READERS)
def show_serious(wave_code: str) -> ResponseReturnValue:
    return _page(wave_code)


@pages.post("/serious/<wave_code>/open")
@open_to(*FEW_READERS)
@ask_again(TYPED_FOR_WORDS, back="analysis_desk.show_serious")
def open_serious(wave_code: str) -> ResponseReturnValue:
    form = FewReasonForm(request.form)
    thing = _thing(wave_code)
    if not open_thing(thing, form, by=me(), did="opened small but serious"):
        return _page(wave_code, form), 422
    return redirect(url_for("analysis_desk.show_serious", wave_code=wave_code), 303)


def _thing(wave_code: str) -> str:
    return f"the few of {serious_place(wave_code).subject.removeprefix('wave:')}"


def _page(wave_code: str, opening: FewReasonForm | None = None) -> str:
    reads = bool(me().roles & set(READERS))
    opened = is_opened(_thing(wave_code), by=me())
    return render_template(
        "analysis/desk/serious.html",
        about=serious_place(wave_code), wave_code=wave_code, opened=opened, reads=reads,
        found=serious_of(wave_code, checked_only=not reads) if opened else None,
        opening=opening or FewReasonForm(MultiDict()), on_duty=is_on_duty(me().id, today()),
    )  # fmt: skip
