"""Raise the alerts of the invented answers on their days, and do with them what the material says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from engage.accounts.rules import Person
from engage.demo.answers import Fielded, Heard
from engage.demo.material import is_read, material
from engage.demo.people import Cast
from engage.safeguarding import actions
from engage.safeguarding.actions.alerts import heard_from
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.about import OUTSIDER, REFERRED_ON
from engage.safeguarding.rules.alerts import NO_CONCERN, NewAlert
from engage.safeguarding.rules.hearing import net
from engage.shared import db
from engage.shared.clock import now
from engage.surveys.queries.places import questions

SENT_AT = time(16, 20, tzinfo=UTC)
READ_AFTER, DONE_AFTER = timedelta(hours=3), timedelta(hours=26)
STILL_WAITING = 2  # of each open wave, the newest


@dataclass(frozen=True)
class Raised:
    """One alert, the voice it came from, and its moment."""

    id: int
    kind: str
    receipt_hash: bytes
    at: datetime


def raise_all(fielded: Iterable[Fielded], cast: Cast) -> None:
    """Raise what the ear would have heard: closed waves' alerts were dealt with, the newest of open ones wait."""
    for one in fielded:
        worrying = sorted(
            (heard for heard in one.spoken.values() if heard.voice.worrying),
            key=lambda heard: (heard.sent_on, heard.voice.words),
        )
        old = len(worrying) - (0 if one.reported_on else STILL_WAITING)
        labels = questions(one.wave.id)
        for place, heard in enumerate(worrying):
            at = datetime.combine(heard.sent_on, SENT_AT) if place < old else _ago(len(worrying) - place)
            raised = _raise(_alert(one, heard, labels), heard, min(at, _ago(1)))
            if place < old:
                _deal_with(raised, cast, open_still=one.reported_on is None)
    for request in material("waves")["contact"]:
        actions.ask_for_contact(request["words"], receipt_hash=None, at=_ago(request["hours"]))


def put_rest_away(fielded: Iterable[Fielded], cast: Cast, *, today: date) -> None:
    """Close, on its day, what else the machine noticed in answers that were read: a person was not worried."""
    every = [one for wave in fielded for one in wave.spoken.values() if is_read(one.sent_on, today)]
    calm = {_box(one): one for one in every if not one.voice.worrying}
    waiting = select(AlertRow).where(AlertRow.state == "raised").order_by(AlertRow.heard_from)
    for row in db.session.scalars(waiting).all():
        if row.heard_from in calm:
            one = calm[row.heard_from]
            at = datetime.combine(one.sent_on, SENT_AT)
            row.raised_at = at.replace(tzinfo=None)
            _close(Raised(row.id, "", one.receipt_hash, at), NO_CONCERN, cast)


def _box(heard: Heard) -> bytes:
    """What makes two alerts of the same box the same one."""
    alert = NewAlert(heard.voice.words, "", heard.voice.item, "", 0, heard.receipt_hash)
    return heard_from(alert, same_box=True)


def _alert(one: Fielded, heard: Heard, labels: dict[str, str]) -> NewAlert:
    kind = material("voices")["harms"][heard.voice.worrying]
    place = f"{one.wave.title}: {labels[heard.voice.item]}"
    return NewAlert(heard.voice.words, place, heard.voice.item, kind, net().scores[kind], heard.receipt_hash)


def _raise(alert: NewAlert, heard: Heard, at: datetime) -> Raised:
    actions.raise_alert(alert, at=at)
    found = select(AlertRow.id).where(AlertRow.heard_from == _box(heard))
    return Raised(db.session.scalars(found).one(), heard.voice.worrying, heard.receipt_hash, at)


def _deal_with(raised: Raised, cast: Cast, *, open_still: bool) -> None:
    written = [one for one in material("waves")["written_to"] if one["kind"] == raised.kind] if open_still else []
    if not written:
        _close(raised, material("waves")["outcomes"].get(raised.kind, "referred"), cast)
        return
    by = cast.people[written[0]["by"]]
    actions.acknowledge(raised.id, by=by, at=raised.at + READ_AFTER)
    actions.leave_message(raised.id, written[0]["message"], by=by, at=raised.at + READ_AFTER)
    if "answer" in written[0]:
        at = min(raised.at + DONE_AFTER, _ago(1))
        actions.mark_messages_read(raised.receipt_hash, at=at)
        actions.answer_message(raised.receipt_hash, written[0]["answer"], at=at)


def _close(raised: Raised, outcome: str, cast: Cast) -> None:
    first, second = cast.people["ruth"], cast.people["marek"]
    actions.acknowledge(raised.id, by=first, at=raised.at + READ_AFTER)
    if outcome == "professional":
        actions.say_about(raised.id, OUTSIDER, by=first)
    actions.close(raised.id, outcome, material("waves")["notes"], by=first, at=raised.at + DONE_AFTER)
    if outcome in REFERRED_ON:
        actions.add_reference(raised.id, f"INVENTED-{raised.id:04}")
    _read_twice(raised.id, second)


def _read_twice(alert_id: int, reader: Person) -> None:
    row = db.session.get_one(AlertRow, alert_id)
    if row.second_reader_wanted and row.id % 3:
        actions.read_again(alert_id, agrees=True, notes="", by=reader)


def _ago(hours: int) -> datetime:
    return now() - timedelta(hours=hours)
