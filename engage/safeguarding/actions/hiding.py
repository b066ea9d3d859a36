"""Keep all that one person said from each agency it is about, for as long as any of it is here."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from itertools import chain

from flask import current_app
from sqlalchemy import ColumnElement, Select, delete, false, literal, or_, select, true, update

from engage.safeguarding.models import AboutRow, AlertRow, ContactRequestRow
from engage.safeguarding.queries.about import alerts_saying, of_alert, of_receipt, of_request, requests_saying
from engage.safeguarding.rules.alerts import BEFORE
from engage.shared import db
from engage.shared.clock import bare, now

JUST_HEARD = timedelta(minutes=10)  # the ear keeps an alert before the page keeps the request with the same words


def hide_alert(row: AlertRow, before: int | None) -> frozenset[int]:
    """Hide an alert from whom it is about, with all that goes with it, and give these agencies.

    `before` is the agency it was said to be about until now.
    """
    asked = {one: alerts_saying(one.words, among=true()) for one in requests_saying(row.words)}
    _unsay(before, [row, *chain(*asked.values())], asked)
    about = frozenset() if row.about_agency_id is None else frozenset({row.about_agency_id})
    for request, same in asked.items():
        _mark(about, contact_request_id=request.id)
        about |= _even_out(request, same)
    receipts = {row.receipt_hash, *(request.receipt_hash for request in asked)}
    return _hide_all(_told_alike(receipts, row.about_agency_id), row.words, about, before={before})


def hide_request(row: ContactRequestRow, agency_id: int | None) -> frozenset[int]:
    """Hide a request to be contacted from an agency as well (None: from none), and give whom it is about now."""
    before, same = of_request(row.id), alerts_saying(row.words, among=true())
    for other in before if agency_id is None else ():
        _unsay(other, same, [row])
    if agency_id is not None:
        _mark({agency_id}, contact_request_id=row.id)
    receipts = _told_alike({row.receipt_hash}, agency_id)
    return _hide_all(receipts, row.words, _even_out(row, same), before=before)


def hide_new_request(row: ContactRequestRow, *, at: datetime) -> None:
    """Hide a request that has just come like what the same person, or the same words, said before."""
    hidden = select(AboutRow.alert_id).where(AboutRow.alert_id.is_not(None))
    known = or_(AlertRow.about_agency_id.is_not(None), AlertRow.id.in_(hidden))
    _even_out(row, alerts_saying(row.words, among=or_(known, AlertRow.words_at >= bare(at - JUST_HEARD))))
    if row.receipt_hash:
        _settle_receipt(row.receipt_hash)


def keep_hidden(going: ColumnElement[bool]) -> None:
    """Keep alerts that are about to forget whose they were hidden from whom they, or what came with them, are about."""
    theirs = AboutRow.receipt_hash == AlertRow.receipt_hash
    said = select(AlertRow.id, AboutRow.agency_id, literal(bare(now())), false()).join(AboutRow, theirs).where(going)
    _insert_from("alert_id", said)
    _settle(select(AlertRow.receipt_hash).where(going, AlertRow.about_agency_id.is_not(None)))


def keep_requests_hidden(going: ColumnElement[bool]) -> None:
    """Keep requests that are about to forget whose they were hidden as they are now."""
    theirs = AboutRow.receipt_hash == ContactRequestRow.receipt_hash
    said = select(ContactRequestRow.id, AboutRow.agency_id, literal(bare(now())), false()).join(AboutRow, theirs)
    _insert_from("contact_request_id", said.where(going))
    _settle(select(ContactRequestRow.receipt_hash).where(going))


def forget_about(before: datetime) -> int:
    """Forget whom a receipt was about that was said before this moment and that nothing here carries; give how many."""
    held = [table.receipt_hash == AboutRow.receipt_hash for table in (AlertRow, ContactRequestRow)]
    carried = or_(*(select(literal(1)).where(one).correlate(AboutRow).exists() for one in held))
    old = delete(AboutRow).where(AboutRow.receipt_hash.is_not(None), AboutRow.said_at < bare(before), ~carried)
    return db.session.execute(old).rowcount  # type: ignore[attr-defined,no-any-return]


def _told_alike(receipts: Collection[bytes | None], agency_id: int | None) -> frozenset[bytes]:
    """Say the same of every other alert with these receipts of which nobody has said it, and give the receipts."""
    known = frozenset(one for one in receipts if one is not None)
    unsaid = AlertRow.about_agency_id.is_(None), AlertRow.about_outsider.is_(False)
    db.session.execute(
        update(AlertRow).where(AlertRow.receipt_hash.in_(known), *unsaid).values(about_agency_id=agency_id)
    )
    return known


def _hide_all(
    receipts: frozenset[bytes], words: str | None, about: frozenset[int], *, before: Collection[int | None]
) -> frozenset[int]:
    about = about.union(*(_settle_receipt(receipt_hash) for receipt_hash in receipts))
    hide_answers = current_app.extensions["hide_answers"]  # answers are read in a feature above this one
    for receipt in receipts or {None}:
        hide_answers(receipt, (words or "").split(BEFORE), about, no_longer=frozenset(before) - about)
    return about


def _even_out(request: ContactRequestRow, same: Collection[AlertRow]) -> frozenset[int]:
    """Hide a request and the alerts that say the same from all whom any of them, or its receipt, is about."""
    about = of_request(request.id).union(*(of_alert(alert.id) for alert in same))
    about |= of_receipt(request.receipt_hash) if request.receipt_hash else frozenset()
    _mark(about, contact_request_id=request.id)
    for alert in same:
        _mark(about, alert_id=alert.id)
    return about


def _settle_receipt(receipt_hash: bytes) -> frozenset[int]:
    about = of_receipt(receipt_hash)
    over = AboutRow.receipt_hash == receipt_hash, AboutRow.agency_id.not_in(about)
    db.session.execute(delete(AboutRow).where(*over))
    _mark(about, receipt_hash=receipt_hash)
    return about


def _settle(receipts: Select[tuple[bytes | None]]) -> None:
    db.session.execute(update(AboutRow).where(AboutRow.receipt_hash.in_(receipts)).values(settled=True))


def _unsay(before: int | None, alerts: Iterable[AlertRow], asked: Iterable[ContactRequestRow]) -> None:
    things = or_(
        AboutRow.alert_id.in_([one.id for one in alerts]),
        AboutRow.contact_request_id.in_([one.id for one in asked]),
    )
    db.session.execute(delete(AboutRow).where(AboutRow.agency_id == before, things))


def _mark(about: Collection[int], **thing: int | bytes) -> None:
    rows = [{"agency_id": one, "said_at": bare(now()), "settled": False, **thing} for one in sorted(about)]
    if rows:
        db.session.execute(db.insert_into(AboutRow).on_conflict_do_nothing(), rows)


def _insert_from(thing: str, said: object) -> None:
    made = db.insert_into(AboutRow).from_select([thing, "agency_id", "said_at", "settled"], said)
    db.session.execute(made.on_conflict_do_nothing())
