"""Write a survey: begin it, change a part of it, throw it away."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.clock import bare, now
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.languages import NAMES
from engage.surveys.models import DraftRow
from engage.surveys.queries.drafts import NO_SUCH_DRAFT, survey_codes
from engage.surveys.rules.definition import Definition, parse_draft, to_document
from engage.surveys.rules.drafting import LONGEST_SURVEY_CODE, Document, changed, code_from, fingerprint, tidy
from engage.surveys.rules.faces import behind
from engage.surveys.rules.shipped import CODES
from engage.surveys.rules.touching import touched

LONGEST = 400_000  # characters of a document; the longest template has 90,000
MOST_NAMED = 6  # codes in one line of the audit


class Changed(NotOpen):
    """Somebody else changed the same part meanwhile; what was typed is shown again beside what they wrote."""


@dataclass(frozen=True)
class Seen:
    """The part of a draft that a form was about, and the fingerprint it had when the form was opened.

    `language` and `places` are of the translations that it showed beside their English.
    """

    mark: str
    look: Callable[[Document], object]
    language: str = ""
    places: Collection[str] = ()


def add_draft(document: Mapping[str, Any], *, by: Person) -> str:
    """Keep a survey's document as a new draft, and give its code: its own, or with a number where that is taken.

    Raises `BrokenDefinition` (a `NotValid`) naming the place that does not hold together; its routing is not looked
    at, for the editor names what is wrong there.
    """
    new = tidy(document)
    new["code"] = code_from(
        new["code"], taken=survey_codes() | set(CODES), longest=LONGEST_SURVEY_CODE, fallback="survey"
    )
    return _add(new, by=by, version_id=None)


def begin_version(version_id: int, definition: Definition, *, by: Person) -> str:
    """Begin the next version of a published survey as a draft, and give its code; one that is begun is gone on with."""
    if db.session.scalar(select(DraftRow.id).where(DraftRow.code == definition.code)):
        return definition.code
    return _add(to_document(definition), by=by, version_id=version_id)


def change_draft(
    code: str, did: str, change: Callable[[Document], None], *, by: Person, seen: Seen | None = None
) -> None:
    """Change a part of a draft; `did` says in the audit what was done, and beside it the codes of what it touched.

    Raises `NotFound`, `BrokenDefinition`, and `Changed` where the part is not as the form had `seen` it.
    """
    row = _row(code)
    document = json.loads(row.document)
    if seen and fingerprint(seen.look(document)) != seen.mark:
        raise Changed("Somebody else changed this while you were writing. Nothing is lost: look at both below.")
    before = json.loads(row.behind)
    if seen and seen.language in before:
        before[seen.language] = [place for place in before[seen.language] if place not in seen.places]
    new = changed(document, change)
    row.behind = json.dumps(behind(document, new, before))
    _keep(row, new, by)
    note(did, f"draft {code}", " ".join(touched(document, new)[:MOST_NAMED]))


def delete_draft(code: str) -> None:
    """Throw a draft away; published versions stay. Raises `NotFound`."""
    db.session.delete(_row(code))
    db.session.flush()
    note("threw away a draft", f"draft {code}")


def _add(document: Document, *, by: Person, version_id: int | None) -> str:
    row = DraftRow(code=document["code"], version_id=version_id)
    _keep(row, document, by)
    db.session.add(row)
    db.session.flush()
    note("began a draft", f"draft {row.code}")
    return row.code


def _keep(row: DraftRow, document: Document, by: Person) -> None:
    if unknown := set(document["languages"]) - set(NAMES):
        raise NotValid(f"There is no language {', '.join(sorted(unknown))} here")
    if "en" not in document["languages"]:
        raise NotValid("English is one of the languages of each survey: the others are translated from it")
    written = json.dumps(document, ensure_ascii=False)
    if len(written) > LONGEST:
        raise NotValid("This survey is longer than anybody answers. Take questions out first")
    row.document, row.title = written, parse_draft(document).title.in_("en")[:200]
    row.changed_by, row.changed_at = by.id, bare(now())
    db.session.flush()


def _row(code: str) -> DraftRow:
    found = db.session.scalar(select(DraftRow.id).where(DraftRow.code == code))
    row = db.locked(DraftRow, found) if found else None
    if row is None:
        raise NotFound(NO_SUCH_DRAFT)
    return row
