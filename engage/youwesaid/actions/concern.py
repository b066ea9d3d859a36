"""Propose a concern, agree it, look into it, refuse it with a reason, open it again."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, func, select

from engage.accounts.actions import note
from engage.accounts.rules import Person
from engage.shared import db
from engage.shared.errors import NotFound, NotOpen
from engage.shared.words import N_
from engage.youwesaid.models import ActionRow, ConcernHistoryRow, ConcernPriorityRow, ConcernRow, ConcernThemeRow
from engage.youwesaid.queries.desk import taken_slugs
from engage.youwesaid.rules.actions import check_may_ask, settles
from engage.youwesaid.rules.as_read import check_as_read
from engage.youwesaid.rules.concerns import (
    DO_WITHIN,
    NewConcern,
    Refusal,
    check_another,
    check_promise,
    felt_verdict,
    slug_of,
)
from engage.youwesaid.rules.history import MADE_PUBLIC
from engage.youwesaid.rules.priorities import check_priorities
from engage.youwesaid.rules.states import CONCERN, FOLLOWS, YOUNG_PEOPLE

NO_SUCH = N_("There is no such concern, or it is not for you to see.")


def propose(new: NewConcern, *, by: Person, today: date) -> int:
    """Add a concern for the panel to agree; nobody else sees it until then. Raises `NotValid`."""
    check_promise(new.promised_on, today=today)
    row = ConcernRow(
        slug=slug_of(new.title, taken_slugs()), title=new.title, you_said=new.you_said, topic=new.topic,
        state=CONCERN.first, said_on=new.said_on, promised_on=new.promised_on, sources=new.sources,
        proposed_by=by.id, about_agency_id=new.about_agency_id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    db.session.add_all(ConcernThemeRow(concern_id=row.id, theme_id=theme) for theme in new.theme_ids)
    _write_history(row, today, by=by, public=False)
    serve(row.id, new.priorities)
    return row.id


def rest_on(concern_id: int, *, theme_id: int, by: Person, today: date) -> None:
    """Let a concern rest on one more theme, as when a later wave or a forum says the same. Raises `NotFound`."""
    row = _row(concern_id)
    if db.session.get(ConcernThemeRow, (concern_id, theme_id)) is None:
        db.session.add(ConcernThemeRow(concern_id=concern_id, theme_id=theme_id))
        _write_history(row, today, by=by, words=N_("It rests on one more theme"), public=False)


def serve(concern_id: int, priorities: Collection[str]) -> None:
    """Say which priorities of the partners' plans a concern serves, in place of those said before.

    Raises `NotFound`, `NotValid` for one that no plan has.
    """
    check_priorities(priorities)
    row = _row(concern_id)
    db.session.execute(delete(ConcernPriorityRow).where(ConcernPriorityRow.concern_id == row.id))
    db.session.add_all(ConcernPriorityRow(concern_id=row.id, priority=code) for code in sorted(set(priorities)))


def hear(concern_id: int, *, by: Person, today: date, read: str | None = None) -> None:
    """Agree a proposed concern as it was `read`: it becomes public. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = _row(concern_id)
    state = CONCERN.move("hear", state=row.state, roles=by.roles)
    check_another(row.proposed_by, by.id)
    check_as_read(read, "concern", row)
    row.sent_back = ""
    _move(row, state, today, by=by)
    note("agreed a concern", f"concern {concern_id}")


def look(concern_id: int, *, by: Person, today: date) -> None:
    """Say that we are finding out more. Raises `NotFound`, `NotAllowed`, `NotOpen`."""
    row = _row(concern_id)
    _move(row, CONCERN.move("look", state=row.state, roles=by.roles), today, by=by)


def refuse(concern_id: int, why: Refusal, *, by: Person, today: date) -> None:
    """Say that we can't, why, who decided, and when we look again. Raises `NotValid` without all three."""
    row = _row(concern_id)
    state = CONCERN.move("refuse", state=row.state, roles=by.roles)
    check_promise(why.look_again_on, today=today, within=DO_WITHIN)
    row.reason, row.decided_by, row.look_again_on = why.reason, why.decided_by, why.look_again_on
    _move(row, state, today, by=by)
    note("refused a concern", f"concern {concern_id}")


def reopen(concern_id: int, *, promised_on: date, by: Person, today: date) -> None:
    """Open a concern again, with a new day to answer by. Raises `NotValid` for a day that has gone."""
    row = _row(concern_id)
    state = CONCERN.move("reopen", state=row.state, roles=by.roles)
    check_promise(promised_on, today=today)
    row.promised_on = promised_on
    _move(row, state, today, by=by)


def release(concern_id: int, *, by: Person, today: date) -> None:
    """Let the agency a concern is about, and the public, see it. Raises `NotFound`, for its own people too."""
    row = _row(concern_id)
    if row.about_agency_id in by.agencies:
        raise NotFound(NO_SUCH)
    if row.about_agency_id is None or row.released:
        return  # nothing is held back, or somebody pressed again: that is no news
    row.released = True
    _write_history(row, today, by=by, words=N_("Released to the agency it is about"), public=False)
    if row.state != CONCERN.first:
        _write_history(row, today, by=by, words=MADE_PUBLIC, public=True)
    note("released a concern", f"concern {concern_id}")


def hold(concern_id: int) -> None:
    """Let nobody finish a concern while something is added to it. Raises `NotFound`."""
    _row(concern_id)


def hold_open(concern_id: int) -> None:
    """Hold a concern as `hold` does, for asking somebody to act on it. Raises `NotFound`, `NotOpen` once it is over."""
    check_may_ask(_row(concern_id).state)


def record(concern_id: int, *, words: str, by: Person, today: date, public: bool) -> None:
    """Write what happened to a concern's actions into its history. Raises `NotFound`."""
    _write_history(_row(concern_id), today, by=by, words=words, public=public)


def begin(concern_id: int, *, words: str, by: Person, today: date) -> None:
    """An agency agreed to act: the concern is being done, unless it is already."""
    row = _row(concern_id)
    if row.state == "doing":
        _write_history(row, today, by=by, words=words, public=True)
        return
    _move(row, CONCERN.move("begin", state=row.state, roles={FOLLOWS}), today, by=by, words=words)


def finish_if_all_verified(concern_id: int, *, by: Person, today: date) -> None:
    """The last action was verified: we say it is done. A parent is as slow as its slowest action."""
    row = _row(concern_id)
    asked = select(ActionRow.state, ActionRow.verified_on).where(ActionRow.concern_id == concern_id)
    found = db.session.execute(asked.order_by(ActionRow.id)).tuples().all()
    if row.state == "doing" and settles(found, opened_again_on=_opened_again_on(concern_id)):
        _move(row, CONCERN.move("finish", state=row.state, roles={FOLLOWS}), today, by=by)


def weigh_felt_checks(concern_id: int, *, better: int, base: int, promised_on: date, today: date) -> str:
    """Let young people's felt-checks decide; give "felt", "not felt" or "too few". Failing opens it again."""
    row = _row(concern_id)
    verdict = felt_verdict(better, base)
    if verdict == "felt":
        _move(row, CONCERN.move("feel", state=row.state, roles={YOUNG_PEOPLE}), today, by=None)
    elif verdict == "not felt":
        row.promised_on = promised_on
        _move(row, CONCERN.move("reopen", state=row.state, roles={YOUNG_PEOPLE}), today, by=None)
    return verdict


def _row(concern_id: int) -> ConcernRow:
    row = db.locked(ConcernRow, concern_id)
    if row is None:
        raise NotFound(NO_SUCH)
    if row.merged_into_id is not None:
        raise NotOpen(N_("This was put together with another concern: go on there."))
    return row


def _opened_again_on(concern_id: int) -> date | None:
    reopened = ConcernHistoryRow.state == "reopened", ConcernHistoryRow.words == ""  # lines with words moved nothing
    return db.session.scalar(
        select(func.max(ConcernHistoryRow.on)).where(ConcernHistoryRow.concern_id == concern_id, *reopened)
    )


def _move(row: ConcernRow, state: str, today: date, *, by: Person | None, words: str = "") -> None:
    row.state = state
    _write_history(row, today, by=by, words=words, public=True)


def _write_history(row: ConcernRow, today: date, *, by: Person | None, words: str = "", public: bool) -> None:
    db.session.add(
        ConcernHistoryRow(
            concern_id=row.id, on=today, state=row.state, words=words, public=public, by=by.id if by else None
        )
    )
