"""A proposed concern goes back and forth before anybody outside sees it: the panel sends it back, the team rewrites."""

from datetime import date

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound, NotValid
from engage.shared.words import N_
from engage.youwesaid.models import ConcernHistoryRow, ConcernRow
from engage.youwesaid.queries.desk import taken_slugs
from engage.youwesaid.rules.concerns import ConcernWords, check_another, check_promise, slug_of
from engage.youwesaid.rules.states import CONCERN


def send_back(concern_id: int, *, reason: str, by: Person, today: date) -> None:
    """Do not agree a concern yet, and say what is missing. Raises `NotFound`, `NotAllowed`, `NotOpen`, `NotValid`."""
    row = _row(concern_id)
    row.state = CONCERN.move("send_back", state=row.state, roles=by.roles)
    check_another(row.proposed_by, by.id)
    if not reason:
        raise NotValid(N_("Say what is missing."))
    row.sent_back = reason
    _write(row, N_("The panel sent it back"), by, today)
    note("sent a concern back", f"concern {concern_id}")


def rewrite(concern_id: int, new: ConcernWords, *, by: Person, today: date) -> None:
    """Change what a concern says while it waits for the panel: it counts as proposed by whoever wrote last.

    Raises `NotFound`, `NotAllowed`, `NotOpen` once it is agreed, `NotValid` for the promised day.
    """
    row = _row(concern_id)
    row.state = CONCERN.move("rewrite", state=row.state, roles=by.roles)
    check_promise(new.promised_on, today=today)
    row.slug = slug_of(new.title, taken_slugs() - {row.slug})
    row.title, row.you_said, row.topic, row.sources = new.title, new.you_said, new.topic, new.sources
    row.promised_on = row.first_promised_on = new.promised_on
    row.proposed_by, row.sent_back = by.id, ""
    _write(row, N_("Its words were changed"), by, today)


def _row(concern_id: int) -> ConcernRow:
    row = db.locked(ConcernRow, concern_id)
    if row is None or row.merged_into_id is not None:
        raise NotFound(N_("There is no such concern, or it is not for you to see."))
    return row


def _write(row: ConcernRow, words: str, by: Person, today: date) -> None:
    line = ConcernHistoryRow(concern_id=row.id, on=today, state=row.state, words=words, public=False, by=by.id)
    db.session.add(line)
