"""Staff pages: a draft is published as a version, a version is changed by a draft, or retired."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import EngageError, NotOpen, NotValid
from engage.surveys.actions.drafts import begin_version
from engage.surveys.actions.versions import publish_draft, retire
from engage.surveys.desk.draft_parts import leads_to, may_write, outline, told
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.draft import SureForm
from engage.surveys.queries.drafts import draft
from engage.surveys.queries.versions import definition_of_version, version, versions
from engage.surveys.rules.publishing import found_faults
from engage.surveys.rules.versions import STATE_NAMES, changes, state_of


@pages.get("/versions/")
@open_to(*LOOKERS)
def show_versions() -> ResponseReturnValue:
    return _versions_page()


@pages.post("/versions/<int:version_id>/change")
@open_to(Role.VOICE)
def change_version(version_id: int) -> ResponseReturnValue:
    code = begin_version(version_id, definition_of_version(version_id), by=me())
    flash("This draft becomes the next version. The published one stays as it is.")
    return redirect(outline(code), 303)


@pages.post("/versions/<int:version_id>/retire")
@open_to(Role.VOICE)
def retire_version(version_id: int) -> ResponseReturnValue:
    try:
        retire(version_id, roles=me().roles, today=today())
    except NotOpen as error:
        db.session.rollback()
        return _versions_page(error), error.status
    flash("Retired. No new wave can ask it; what was answered stays.")
    return redirect(url_for("surveys_desk.show_versions"), 303)


@pages.get("/drafts/<code>/publish")
@open_to(Role.VOICE)
def ask_publish(code: str) -> ResponseReturnValue:
    return _publish_page(code)


@pages.post("/drafts/<code>/publish")
@open_to(Role.VOICE)
def publish_version(code: str) -> ResponseReturnValue:
    try:
        publish_draft(code, roles=me().roles, today=today())
    except (NotOpen, NotValid) as error:
        db.session.rollback()
        return _publish_page(code, error), error.status
    flash("Published. Its words cannot change in this version any more; a wave can ask it now.")
    return redirect(url_for("surveys_desk.show_versions"), 303)


def _publish_page(code: str, trouble: EngageError | None = None) -> str:
    known = draft(code)
    before = version(known.version_id) if known.version_id else None
    faults = found_faults(known.definition)
    return render_template(
        "surveys/desk/draft_publish.html",
        draft=known,
        form=SureForm(),
        before=before,
        changes=changes(definition_of_version(before.id), known.definition) if before else [],
        faults=[(told(fault), *leads_to(known, fault)) for fault in faults],
        may_write=True,
        trouble=trouble,
    )


def _versions_page(trouble: EngageError | None = None) -> str:
    found = [(each, STATE_NAMES[state_of(each.retired_on)]) for each in versions()]
    return render_template("surveys/desk/versions.html", versions=found, may_write=may_write(), trouble=trouble)
