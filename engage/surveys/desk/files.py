"""Staff pages: surveys as files, out as JSON and as XLSForm workbooks, and back in as drafts."""

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.errors import NotFound, NotValid
from engage.surveys.actions.drafts import add_draft as keep_draft
from engage.surveys.desk.draft_parts import may_write
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.survey_file import SurveyFile, SurveyFileForm
from engage.surveys.queries.drafts import draft, drafts
from engage.surveys.queries.versions import definition_of_version, version, versions
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.json_files import LARGEST, json_file
from engage.surveys.rules.xlsform.writing import not_in_workbook, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"json": "application/json", "xlsx": XLSX}
BRING_IN = "surveys_desk.bring_in"
NO_SUCH_FILE = "A survey is sent as a .json or an .xlsx file."


@pages.url_value_preprocessor
def make_room(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let somebody who is signed in send a survey, where everywhere else half a megabyte is the most."""
    if endpoint == BRING_IN and "_user_id" in session:
        request.max_content_length = 3 * LARGEST  # what is a little too large gets our own words


@pages.get("/files/")
@open_to(*LOOKERS)
def show_files() -> ResponseReturnValue:
    return _page(SurveyFileForm())


@pages.post("/files/")
@open_to(Role.VOICE)
def bring_in() -> ResponseReturnValue:
    form = SurveyFileForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _page(form), 422
    try:
        return _kept(form.record())
    except NotValid as wrong:
        form.file.errors = [f"{form.name_of_file}: {wrong}"]
        return _page(form), 422


@pages.get("/files/version/<int:version_id>")
@open_to(*LOOKERS)
def show_version_files(version_id: int) -> ResponseReturnValue:
    known = version(version_id)
    address = {kind: url_for("surveys_desk.send_version", version_id=version_id, kind=kind) for kind in TYPES}
    return _one(f"{known.title}, version {known.number}", definition_of_version(version_id), address)


@pages.get("/files/draft/<code>")
@open_to(*LOOKERS)
def show_draft_files(code: str) -> ResponseReturnValue:
    known = draft(code)
    address = {kind: url_for("surveys_desk.send_draft", code=code, kind=kind) for kind in TYPES}
    return _one(f"{known.title}, a draft", known.definition, address)


@pages.get("/files/version/<int:version_id>.<kind>")
@open_to(*LOOKERS)
def send_version(version_id: int, kind: str) -> ResponseReturnValue:
    return _sent(definition_of_version(version_id), f"-v{version(version_id).number}", kind)


@pages.get("/files/draft/<code>.<kind>")
@open_to(*LOOKERS)
def send_draft(code: str, kind: str) -> ResponseReturnValue:
    return _sent(draft(code).definition, "-draft", kind)


def _kept(found: SurveyFile) -> ResponseReturnValue:
    code = keep_draft(found.document, by=me())
    if found.left_out:
        return render_template("surveys/desk/file_read.html", found=found, code=code)
    flash("Read, all of it. It is a draft: look through it before you publish it.")
    return redirect(url_for("surveys_desk.show_draft", code=code), 303)


def _one(title: str, definition: Definition, address: dict[str, str]) -> str:
    lost = not_in_workbook(definition)
    return render_template("surveys/desk/file.html", title=title, address=address, lost=lost)


def _sent(definition: Definition, which: str, kind: str) -> ResponseReturnValue:
    if kind not in TYPES:
        raise NotFound(NO_SUCH_FILE)
    content = workbook(definition) if kind == "xlsx" else json_file(definition)
    name = f"{definition.code}{which}.{kind}"
    return send_file(BytesIO(content), mimetype=TYPES[kind], as_attachment=True, download_name=name)


def _page(form: SurveyFileForm) -> str:
    return render_template(
        "surveys/desk/files.html", form=form, versions=versions(), drafts=drafts(), may_write=may_write()
    )
