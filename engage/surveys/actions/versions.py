"""Publish versions of surveys, and retire them."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select

from engage.accounts.actions import note
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.surveys.models import DraftRow, SurveyRow, VersionRow
from engage.surveys.queries.drafts import draft
from engage.surveys.queries.versions import NO_SUCH_VERSION, version
from engage.surveys.rules.definition import Definition, check_conditions, to_document
from engage.surveys.rules.publishing import faults
from engage.surveys.rules.versions import VERSION, check_may_retire, state_of


def publish(definition: Definition, *, today: date) -> int:
    """Freeze a survey as its next version, and give the version's id; the same words published twice are one version.

    Raises `NotValid` naming what is to be put right first.
    """
    if wrong := faults(definition):
        raise NotValid("; ".join(wrong))
    check_conditions(definition)
    document = json.dumps(to_document(definition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    fingerprint = hashlib.sha256(document.encode()).hexdigest()
    survey = _survey(definition.code, definition.title.in_("en"))
    known = list(db.session.scalars(_versions(survey.id)))
    same = next((row for row in known if row.sha256 == fingerprint and row.retired_on is None), None)
    return (same or _add(survey, len(known) + 1, document, fingerprint, today)).id


def publish_draft(code: str, *, roles: Iterable[str], today: date) -> int:
    """Publish a draft and give the version's id; the draft is gone. Raises `NotFound`, `NotAllowed`, `NotValid`."""
    known = draft(code)
    VERSION.move("publish", state="draft", roles=roles)
    version_id = publish(known.definition, today=today)
    row = db.locked(DraftRow, known.id)
    if row is None or json.loads(row.document) != known.document:
        raise NotOpen("Somebody changed this draft just now. Look at it again before you publish it")
    db.session.delete(row)
    db.session.flush()
    return version_id


def retire(version_id: int, *, roles: Iterable[str], today: date) -> None:
    """Let no new wave ask a version; what was answered stays. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = db.locked(VersionRow, version_id)
    if row is None:
        raise NotFound(NO_SUCH_VERSION)
    known = version(version_id)
    VERSION.move("retire", state=state_of(known.retired_on), roles=roles)
    check_may_retire(known.open_waves)
    row.retired_on = today
    db.session.flush()
    note("retired survey", f"{known.survey}, version {known.number}")


def check_not_retired(version_id: int) -> None:
    """Raise `NotValid` for a version that no new wave may ask."""
    if db.session.scalar(select(VersionRow.retired_on).where(VersionRow.id == version_id)):
        raise NotValid("This version is retired. Choose a newer one")


def _add(survey: SurveyRow, number: int, document: str, fingerprint: str, today: date) -> VersionRow:
    row = VersionRow(survey_id=survey.id, number=number, document=document, sha256=fingerprint, published_on=today)
    db.session.add(row)
    db.session.flush()
    note("published survey", f"{survey.code}, version {number}")
    return row


def _survey(code: str, title: str) -> SurveyRow:
    row = db.session.scalar(select(SurveyRow).where(SurveyRow.code == code))
    if row is None:
        row = SurveyRow(code=code, title=title, state="published")
        db.session.add(row)
    row.title = title
    db.session.flush()
    return row


def _versions(survey_id: int) -> Select[tuple[VersionRow]]:
    return select(VersionRow).where(VersionRow.survey_id == survey_id).order_by(VersionRow.id)
