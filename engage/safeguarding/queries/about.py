"""Whom alerts, requests to be contacted and receipts are about, and who therefore sees none of it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from engage.accounts import queries as accounts
from engage.safeguarding.models import AboutRow, AlertRow, ContactRequestRow
from engage.safeguarding.rules.alerts import BEFORE
from engage.shared import db

Of = InstrumentedAttribute[int | None] | InstrumentedAttribute[bytes | None]


def hidden_from(agencies: Collection[int]) -> ColumnElement[bool]:
    """The alerts about somebody of these agencies, and all others of whoever sent them: their people see none of it."""
    if not agencies:
        return false()
    return or_(
        func.coalesce(AlertRow.about_agency_id, 0).in_(agencies),
        AlertRow.id.in_(_about(agencies, AboutRow.alert_id)),
        func.coalesce(AlertRow.receipt_hash, b"").in_(_about(agencies, AboutRow.receipt_hash)),
    )


def kept_from(agencies: Collection[int]) -> ColumnElement[bool]:
    """The requests about somebody of these agencies, or of people whose alert is: hidden like the alert."""
    if not agencies:
        return false()
    return or_(
        ContactRequestRow.id.in_(_about(agencies, AboutRow.contact_request_id)),
        func.coalesce(ContactRequestRow.receipt_hash, b"").in_(_about(agencies, AboutRow.receipt_hash)),
    )


def of_receipt(receipt_hash: bytes) -> frozenset[int]:
    """The agencies that anything with this receipt is said to be about, or was before that was forgotten."""
    alerts = select(AlertRow.about_agency_id).where(AlertRow.receipt_hash == receipt_hash)
    asked = select(AboutRow.agency_id).join(ContactRequestRow, ContactRequestRow.id == AboutRow.contact_request_id)
    settled = select(AboutRow.agency_id).where(AboutRow.receipt_hash == receipt_hash, AboutRow.settled)
    return _all(alerts.union(asked.where(ContactRequestRow.receipt_hash == receipt_hash), settled))


def of_alert(alert_id: int) -> frozenset[int]:
    """The agencies that one alert is about, its receipt apart."""
    said = select(AlertRow.about_agency_id).where(AlertRow.id == alert_id)
    return _all(said.union(select(AboutRow.agency_id).where(AboutRow.alert_id == alert_id)))


def of_request(request_id: int) -> frozenset[int]:
    """The agencies that one request to be contacted is about, its receipt apart."""
    return _all(select(AboutRow.agency_id).where(AboutRow.contact_request_id == request_id))


def names_of_request(request_id: int) -> list[str]:
    """The names of the agencies that one request is kept from, its receipt included."""
    row = db.session.get(ContactRequestRow, request_id)
    receipts = of_receipt(row.receipt_hash) if row and row.receipt_hash else frozenset()
    about = of_request(request_id) | receipts
    return [agency.name for agency in accounts.agencies() if agency.id in about]


def receipts_about() -> list[tuple[bytes, int]]:
    """The receipts of which something is about somebody of an agency, each with that agency."""
    asked = select(AboutRow.receipt_hash, AboutRow.agency_id).where(AboutRow.receipt_hash.is_not(None))
    rows = db.session.execute(asked.order_by(AboutRow.agency_id, AboutRow.receipt_hash))
    return [(receipt, agency_id) for receipt, agency_id in rows if receipt is not None]


def requests_saying(words: str | None) -> list[ContactRequestRow]:
    """The requests to be contacted that hold the words of an alert: both were typed in one box."""
    pieces = frozenset((words or "").split(BEFORE))
    kept = select(ContactRequestRow).where(ContactRequestRow.words.is_not(None)).order_by(ContactRequestRow.id)
    return [row for row in db.session.scalars(kept) if _says(pieces, row.words or "")]


def alerts_saying(words: str | None, *, among: ColumnElement[bool]) -> list[AlertRow]:
    """The alerts `among` those without a receipt that hold the words of a request to be contacted."""
    alone = AlertRow.receipt_hash.is_(None), AlertRow.words.is_not(None)
    kept = select(AlertRow).where(*alone, among).order_by(AlertRow.id)
    return [row for row in db.session.scalars(kept) if _says((row.words or "").split(BEFORE), words or "")]


def _says(pieces: Collection[str], words: str) -> bool:
    # In an alert gathered from a flood each piece begins with the line that says where it was written.
    return bool(words) and any(words in (piece, piece.partition("\n")[2]) for piece in pieces)


def _about(agencies: Collection[int], of: Of) -> Select[Any]:
    return select(of).where(AboutRow.agency_id.in_(agencies), of.is_not(None))


def _all(asked: Select[Any] | CompoundSelect[Any]) -> frozenset[int]:
    return frozenset(one for one in db.session.scalars(asked) if one is not None)
