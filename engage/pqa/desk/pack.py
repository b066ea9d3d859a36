"""Staff pages of the pack: the calendar, the room of a quarter, a version as it was frozen."""

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.pqa.actions import pack as actions
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.forms.pack import AskForm, CorrectionForm, MeetingForm
from engage.pqa.queries import packs as queries
from engage.pqa.queries.decisions import challenges, decisions_of
from engage.pqa.rules.drawing import ink, paint
from engage.pqa.rules.pack.states import MAKERS, SECTIONS
from engage.pqa.rules.quarters import Quarter, quarter_named, quarter_of
from engage.pqa.rules.rag import RULE
from engage.shared.clock import today

SHOWN_BACK = 5  # quarters before this one
FEW_READERS = {Role.PQA, Role.VOICE, Role.SAFEGUARDING}


@pages.get("/packs/")
@open_to(*READERS)
def show_packs() -> ResponseReturnValue:
    first = last = quarter_of(today())
    for _ in range(SHOWN_BACK):
        first = first.before
    lines = queries.calendar(today=today(), first=first, last=last.following)
    return render_template("pqa/desk/packs.html", lines=lines, now=last)


@pages.get("/packs/<quarter>")
@open_to(*READERS)
def show_quarter(quarter: str) -> ResponseReturnValue:
    return _room(quarter_named(quarter))


@pages.post("/packs/<quarter>/meeting")
@open_to(Role.PQA)
def set_meeting(quarter: str) -> ResponseReturnValue:
    about = quarter_named(quarter)
    form = MeetingForm(request.form).on(about)
    if not form.validate():
        return _room(about, meeting=form), 422
    actions.set_meeting(about, form.meets_on.data)
    return _back(about, "Set. The pack is to be issued a week before.")


@pages.post("/packs/<quarter>/ask")
@open_to(Role.PQA, Role.VOICE)
def ask_panel(quarter: str) -> ResponseReturnValue:
    about, form = quarter_named(quarter), AskForm(request.form)
    if not form.validate():
        return _room(about, ask=form), 422
    actions.ask_panel(about, words=form.words.data, why=form.why.data, by=me(), today=today())
    return _back(about, "Asked. It stands first in the pack that is made from now on.")


@pages.post("/packs/<quarter>/make")
@open_to(Role.PQA, Role.VOICE)
def make_pack(quarter: str) -> ResponseReturnValue:
    about = quarter_named(quarter)
    version = actions.make(about, partnership=_partnership(), by=me(), today=today())
    flash("Made from what is frozen. Read it; nobody is bound by it until it is issued.")
    return redirect(url_for("pqa_desk.show_pack", quarter=quarter, version=version), 303)


@pages.post("/packs/<quarter>/correct")
@open_to(Role.PQA)
def correct_pack(quarter: str) -> ResponseReturnValue:
    about, form = quarter_named(quarter), CorrectionForm(request.form)
    if not form.validate():
        return _room(about, correction=form), 422
    version = actions.make(about, partnership=_partnership(), by=me(), today=today(), correction=form.record())
    flash("Made as a correction. The old version stands until this one is issued.")
    return redirect(url_for("pqa_desk.show_pack", quarter=quarter, version=version), 303)


@pages.get("/packs/<quarter>/<int:version>")
@open_to(*READERS)
def show_pack(quarter: str, version: int) -> ResponseReturnValue:
    pack = queries.pack(quarter_named(quarter), version)
    return render_template(
        "pqa/desk/pack.html", pack=pack, body=pack.body, sections=SECTIONS, rag=RULE,
        reads_few=bool(me().roles & FEW_READERS), may_issue=Role.PQA in me().roles, file=queries.file(pack.about.id),
        work=queries.work_on_file(pack.about), may_file=bool(me().roles & MAKERS),
    )  # fmt: skip


@pages.get("/packs/<quarter>/<int:version>/print")
@open_to(*READERS)
def show_paper(quarter: str, version: int) -> ResponseReturnValue:
    return _paper(queries.pack(quarter_named(quarter), version))


@pages.post("/packs/<quarter>/<int:version>/file")
@open_to(Role.PQA, Role.VOICE)
def ask_for_file(quarter: str, version: int) -> ResponseReturnValue:
    actions.want_file(quarter_named(quarter), version)
    return redirect(url_for("pqa_desk.show_pack", quarter=quarter, version=version), 303)


@pages.get("/packs/<quarter>/<int:version>/file")
@open_to(*READERS)
def send_file(quarter: str, version: int) -> ResponseReturnValue:
    file = Response(queries.file_content(quarter_named(quarter), version), mimetype="application/pdf")
    file.headers["Content-Disposition"] = f'attachment; filename="pack-{quarter}-version-{version}.pdf"'
    return file


@pages.post("/packs/<quarter>/<int:version>/issue")
@open_to(Role.PQA)
def issue_pack(quarter: str, version: int) -> ResponseReturnValue:
    actions.issue(quarter_named(quarter), version, by=me(), today=today())
    flash("Issued and locked. Decisions and challenges are recorded on the quarter's page.")
    return redirect(url_for("pqa_desk.show_pack", quarter=quarter, version=version), 303)


def _paper(pack: queries.Pack) -> str:
    words = {"pack": pack, "body": pack.body, "rag": RULE}
    return render_template("pqa/desk/pack_paper.html", paint=paint, ink=ink, **words)


def _partnership() -> str:
    settings = current_app.extensions["settings"]
    name: str = settings.partnership
    return f"{name} (invented figures)" if settings.demo else name


def _room(quarter: Quarter, **forms: object) -> str:
    line = queries.calendar(today=today(), first=quarter, last=quarter)[0]
    empty = {
        "meeting": MeetingForm(MultiDict(), meets_on=line.meets_on),
        "ask": AskForm(MultiDict()),
        "correction": CorrectionForm(MultiDict()),
    }
    return render_template(
        "pqa/desk/quarter.html",
        line=line, versions=queries.versions(quarter),
        issued=queries.standing(quarter), asked=queries.asked_for(quarter), youth=queries.youth_page(quarter),
        decisions=decisions_of(quarter, today=today()), challenges=challenges(today=today(), quarter=quarter),
        begun=quarter.first <= today(), roles=me().roles, **{**empty, **forms},
    )  # fmt: skip


def _back(quarter: Quarter, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("pqa_desk.show_quarter", quarter=quarter.code), 303)
