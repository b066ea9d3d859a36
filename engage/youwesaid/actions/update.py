"""Write "we did", have its facts checked by another, its words by two ambassadors, and publish it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen, NotValid
from engage.shared.words import N_
from engage.youwesaid.models import ApprovalRow, ConcernHistoryRow, ConcernRow, UpdateRow
from engage.youwesaid.rules.as_read import check_as_read
from engage.youwesaid.rules.concerns import OPEN, check_another, check_promise, may_publish_unchecked, still_to_come
from engage.youwesaid.rules.history import CHANGED, TAKEN_BACK, TAKEN_BACK_FOR_SAFETY, TOLD
from engage.youwesaid.rules.states import APPROVALS_NEEDED, FOLLOWS, SENT_BACK_FOR, UNPUBLISHED, UPDATE


@dataclass(frozen=True)
class NewUpdate:
    """The words of one "we did", and what comes next by when (needed while the concern is not finished)."""

    we_did: str
    next_step: str
    next_by: date | None


def draft(concern_id: int, new: NewUpdate, *, by: Person, today: date) -> int:
    """Write the words; nobody outside sees them yet. Raises `NotFound`, `NotValid`."""
    concern = _concern(concern_id)
    if concern.state == "proposed":
        raise NotValid(N_("The panel has not agreed this concern yet."))
    _check_next(concern, new, today)
    row = UpdateRow(
        concern_id=concern_id, state=UPDATE.first, we_did=new.we_did, next_step=new.next_step,
        next_by=new.next_by, written_by=by.id, written_on=today,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def rewrite(update_id: int, new: NewUpdate, *, by: Person, today: date) -> None:
    """Change the words: whoever checked or approved the old ones must look again. Raises `NotOpen`, `NotValid`."""
    row = _row(update_id)
    state = UPDATE.move("rewrite", state=row.state, roles=by.roles)
    _check_next(_concern(row.concern_id), new, today)
    row.we_did, row.next_step, row.next_by = new.we_did, new.next_step, new.next_by
    row.written_by, row.written_on, row.state = by.id, today, state
    row.checked_by, row.checked_on, row.wrong = None, None, ""
    db.session.execute(delete(ApprovalRow).where(ApprovalRow.update_id == update_id))


def revise(update_id: int, new: NewUpdate, *, by: Person, today: date) -> int:
    """Write other words for what is published; the old ones stay public until these went the same way.

    Raises `NotOpen` while somebody else changes them, `NotValid` when nothing is different.
    """
    row = _row(update_id)
    UPDATE.move("revise", state=row.state, roles=by.roles)
    if _is_being_changed(update_id):
        raise NotOpen(N_("Somebody is changing these words already: look among the updates that are being written."))
    if (new.we_did, new.next_step, new.next_by) == (row.we_did, row.next_step, row.next_by):
        raise NotValid(N_("Nothing is different yet."))
    changed_id = draft(row.concern_id, new, by=by, today=today)
    changed = _row(changed_id)
    changed.replaces_id, changed.version = row.id, row.version + 1
    return changed_id


def check_facts(update_id: int, *, by: Person, today: date, read: str | None = None) -> None:
    """Say that the facts are right; the writer cannot, nor anybody while it waits to be written again.

    `read` is the mark of the words that were on the page. Raises `NotAllowed`, `NotOpen`.
    """
    row = _row(update_id)
    state = UPDATE.move("check_facts", state=row.state, roles=by.roles)
    check_another(row.written_by, by.id)
    if _was_sent_back(update_id):
        raise NotOpen(N_("An ambassador sent it back: it is written again first, then its facts are checked."))
    if row.wrong:
        raise NotOpen(N_("Somebody found a fact wrong: it is written again first."))
    check_as_read(read, "update", row)
    row.checked_by, row.checked_on, row.state = by.id, today, state


def doubt(update_id: int, *, wrong: str, by: Person) -> None:
    """Say which fact is wrong: it is written again first. Raises `NotAllowed`, `NotOpen`, `NotValid` without words."""
    row = _row(update_id)
    row.state = UPDATE.move("doubt", state=row.state, roles=by.roles)
    check_another(row.written_by, by.id)
    if not wrong:
        raise NotValid(N_("Say what is wrong, and what is right."))
    row.wrong = wrong
    note("said that a fact is wrong", f"update {update_id}")


def approve(update_id: int, *, by: Person, today: date, read: str | None = None) -> None:
    """One ambassador approves words as they `read` them; the second approval settles it.

    Raises `NotAllowed`, `NotOpen`.
    """
    row = _row(update_id)
    settled = UPDATE.move("approve", state=row.state, roles=by.roles)
    check_another(row.written_by, by.id)
    if by.id in _approved_by(update_id):
        raise NotOpen(N_("You have approved this already. One more ambassador is needed."))
    check_as_read(read, "update", row)
    db.session.add(ApprovalRow(update_id=update_id, person_id=by.id, on=today))
    db.session.flush()
    if len(_approved_by(update_id)) >= APPROVALS_NEEDED:
        row.state = settled


def send_back(update_id: int, *, reason: str, by: Person, today: date) -> None:
    """One ambassador sends the words back, for one of five reasons. Raises `NotOpen`, `NotValid`."""
    row = _row(update_id)
    state = UPDATE.move("send_back", state=row.state, roles=by.roles)
    if reason not in SENT_BACK_FOR:
        raise NotValid(N_("Choose why you send it back."))
    db.session.execute(delete(ApprovalRow).where(ApprovalRow.update_id == update_id))
    db.session.add(ApprovalRow(update_id=update_id, person_id=by.id, sent_back=reason, on=today))
    row.checked_by, row.checked_on, row.state = None, None, state


def publish(update_id: int, *, by: Person, today: date) -> None:
    """Publish words that two ambassadors approved. Raises `NotAllowed`, `NotOpen`."""
    row = _row(update_id)
    _go_public(row, UPDATE.move("publish", state=row.state, roles=by.roles), today, by=by)
    note("published an update", f"update {update_id}")


def publish_unchecked(update_id: int, *, ambassadors: int, by: Person, today: date) -> None:
    """Publish without young people, labelled so, when there are none to ask or none answered in five working days."""
    row = _row(update_id)
    state = UPDATE.move("publish_unchecked", state=row.state, roles=by.roles)
    if not may_publish_unchecked(row.checked_on, ambassadors=ambassadors, today=today):
        raise NotOpen(N_("Ambassadors have five working days to answer. Wait for them, or remind them."))
    row.unchecked = True
    _go_public(row, state, today, by=by)
    note("published an update unchecked", f"update {update_id}")


def withdraw(update_id: int, *, for_safety: bool = False, reason: str = "", by: Person, today: date) -> None:
    """Take published words back; the history says so, and where it keeps someone safe it says that, never how.

    Raises `NotAllowed`, `NotOpen`.
    """
    row = _row(update_id)
    row.state, row.published_on = UPDATE.move("withdraw", state=row.state, roles=by.roles), None
    row.ended_on, row.for_safety = today, for_safety
    _write_history(row.concern_id, TAKEN_BACK_FOR_SAFETY if for_safety else TAKEN_BACK, today, by=by)
    note("took back an update" + (" for safety" if for_safety else ""), f"update {update_id}", reason)


def hold(update_id: int, *, reason: str, by: Person, today: date) -> None:
    """Hold words back that might put someone at risk: nothing more happens to them. Raises `NotValid`, `NotOpen`."""
    row = _row(update_id)
    state = UPDATE.move("hold", state=row.state, roles=by.roles)
    _check_reason(reason)
    row.state = state
    _write_history(row.concern_id, N_("An update is held back, to keep someone safe"), today, by=by, public=False)
    note("held an update back", f"update {update_id}", reason)


def let_go(update_id: int, *, by: Person, today: date) -> None:
    """Let words go on that were held back: their facts are checked again. Raises `NotAllowed`, `NotOpen`."""
    row = _row(update_id)
    row.state = UPDATE.move("let_go", state=row.state, roles=by.roles)
    row.checked_by, row.checked_on = None, None
    db.session.execute(delete(ApprovalRow).where(ApprovalRow.update_id == update_id))
    _write_history(row.concern_id, N_("An update is no longer held back"), today, by=by, public=False)
    note("let an update go on", f"update {update_id}")


def override(update_id: int, *, reason: str, by: Person, today: date, read: str | None = None) -> None:
    """Publish words, as they were `read`, past the other steps because somebody's safety needs it; the page says so.

    Raises `NotAllowed`, `NotOpen`, `NotValid` without a reason.
    """
    row = _row(update_id)
    state = UPDATE.move("override", state=row.state, roles=by.roles)
    check_another(row.written_by, by.id)
    _check_reason(reason)
    check_as_read(read, "update", row)
    row.unchecked, row.overridden = row.state != "youth_approved", True
    _go_public(row, state, today, by=by)
    note("published an update past the other steps", f"update {update_id}", reason)


def _go_public(row: UpdateRow, state: str, today: date, *, by: Person) -> None:
    row.state, row.published_on, row.shown_on = state, today, today
    concern = _concern(row.concern_id)
    if concern.state in OPEN:
        concern.promised_on = still_to_come(row.next_by, on=today) or concern.promised_on
    changed = row.replaces_id is not None and _make_way(row.replaces_id, today)
    _write_history(row.concern_id, CHANGED if changed else TOLD, today, by=by)


def _make_way(update_id: int, today: date) -> bool:
    """Take the words away whose place others took; False when they were taken back meanwhile."""
    old = _row(update_id)
    if old.state != "published":
        return False
    old.state, old.published_on = UPDATE.move("replace", state=old.state, roles={FOLLOWS}), None
    old.ended_on = today
    return True


def _is_being_changed(update_id: int) -> bool:
    changing = select(UpdateRow.id).where(
        UpdateRow.replaces_id == update_id, UpdateRow.state.in_((*UNPUBLISHED, "held"))
    )
    return db.session.scalar(changing.limit(1)) is not None


def _check_reason(reason: str) -> None:
    if not reason:
        raise NotValid(N_("Say why: it is kept in the audit."))


def _write_history(concern_id: int, words: str, today: date, *, by: Person, public: bool = True) -> None:
    state = _concern(concern_id).state
    db.session.add(
        ConcernHistoryRow(concern_id=concern_id, on=today, state=state, words=words, public=public, by=by.id)
    )


def _check_next(concern: ConcernRow, new: NewUpdate, today: date) -> None:
    if concern.state in OPEN or new.next_by is not None:
        check_promise(new.next_by, today=today)


def _approved_by(update_id: int) -> set[int]:
    rows = select(ApprovalRow.person_id).where(ApprovalRow.update_id == update_id, ApprovalRow.sent_back == "")
    return set(db.session.scalars(rows))


def _was_sent_back(update_id: int) -> bool:
    asked = select(ApprovalRow.id).where(ApprovalRow.update_id == update_id, ApprovalRow.sent_back != "")
    return db.session.scalars(asked.limit(1)).first() is not None


def _concern(concern_id: int) -> ConcernRow:
    row = db.locked(ConcernRow, concern_id)
    if row is None:
        raise NotFound(N_("There is no such concern, or it is not for you to see."))
    if row.merged_into_id is not None:
        raise NotOpen(N_("This was put together with another concern: go on there."))
    return row


def _row(update_id: int) -> UpdateRow:
    row = db.locked(UpdateRow, update_id)
    if row is None:
        raise NotFound(N_("There is no such update."))
    return row
