"""Surveys being written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import select

from engage.accounts.queries import people
from engage.shared import db
from engage.shared.errors import NotFound
from engage.surveys.models import DraftRow, SurveyRow
from engage.surveys.rules.definition import Definition, parse_draft
from engage.surveys.rules.drafting import Document

LEFT = "somebody who left"
NO_SUCH_DRAFT = "There is no draft with this name. Somebody may have published it, or thrown it away."


@dataclass(frozen=True)
class Draft:
    """A survey being written; `version_id` is the version it changes. Whoever changed it last, and when (UTC)."""

    id: int
    code: str
    title: str
    version_id: int | None
    changed_by: str
    changed_at: datetime
    document: Document
    behind: Mapping[str, Sequence[str]]  # by language, the places whose English has changed since

    @cached_property
    def definition(self) -> Definition:
        """What it asks; its routing may still be wrong."""
        return parse_draft(self.document)


@dataclass(frozen=True)
class Listed:
    """One line of the list of drafts."""

    code: str
    title: str
    changed_by: str
    changed_at: datetime


def drafts() -> list[Listed]:
    """Every draft, the one changed last first."""
    names = {person.id: person.name for person in people()}
    rows = db.session.execute(
        select(DraftRow.code, DraftRow.title, DraftRow.changed_by, DraftRow.changed_at).order_by(
            DraftRow.changed_at.desc(), DraftRow.id.desc()
        )
    )
    return [Listed(code, title, names.get(by, LEFT), at.replace(tzinfo=UTC)) for code, title, by, at in rows]


def draft(code: str) -> Draft:
    """One draft by its code. Raises `NotFound`."""
    row = db.session.scalar(select(DraftRow).where(DraftRow.code == code))
    if row is None:
        raise NotFound(NO_SUCH_DRAFT)
    who = next((person.name for person in people() if person.id == row.changed_by), LEFT)
    at, document, behind = row.changed_at.replace(tzinfo=UTC), json.loads(row.document), json.loads(row.behind)
    return Draft(row.id, row.code, row.title, row.version_id, who, at, document, behind)


def survey_codes() -> set[str]:
    """The codes that a new survey may not take: those of drafts and of published surveys."""
    return set(db.session.scalars(select(DraftRow.code))) | set(db.session.scalars(select(SurveyRow.code)))
