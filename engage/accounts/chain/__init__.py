"""The audit as a chain: each line's link is made from the line and the link before it, with a key outside the database.

A line gets its place at the very end of its transaction, while the chain's one row is held: writers queue for the few
milliseconds of a commit and never wait for each other otherwise. Whoever has the database and not the key can take
away, change, move or add no line without its being named.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from hmac import compare_digest

from sqlalchemy import delete, event, func, inspect, select, update
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.session import SessionTransaction

from engage.accounts.models import AuditRow, ChainRow
from engage.shared import crypto, db

WAITING = "audit lines without a place"  # in a session's own memory, until it commits
NOTHING = bytes(32)
SINCE = "0029"  # the version of the database that has a chain
AT_A_TIME = 1000
LINE = (AuditRow.id, AuditRow.place, AuditRow.link, AuditRow.at, AuditRow.person_id)
WORDS = (AuditRow.did, AuditRow.about, AuditRow.reason)


@dataclass(frozen=True)
class Line:
    """One line of the audit as it lies in the database; `place` and `link` are None outside the chain."""

    id: int
    place: int | None
    link: bytes | None
    at: datetime
    person_id: int | None
    did: str
    about: str
    reason: str

    @property
    def words(self) -> str:
        """What names it for a person."""
        return f"“{self.did}” about “{self.about}” of {self.at:%Y-%m-%d %H:%M} UTC"


@dataclass(frozen=True)
class Ends:
    """Where the chain begins (the place and link of the last forgotten line) and ends."""

    begins_after: int
    begins_link: bytes
    last: int
    last_link: bytes


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many lines, the chain's end to be noted elsewhere, and every fault in a sentence."""

    lines: int
    head: str
    faults: tuple[str, ...]


def link_of(before: bytes, line: Line | AuditRow, place: int) -> bytes:
    """Make a line's link from the link before it, its place and everything it says."""
    said = [place, line.at.isoformat(), line.person_id, line.did, line.about, line.reason]
    return crypto.keyed("audit", before + json.dumps(said).encode())


def seal_of(ends: Ends) -> bytes:
    """Make the seal of the chain's two ends."""
    places = json.dumps([ends.begins_after, ends.last]).encode()
    return crypto.keyed("audit ends", places + ends.begins_link + ends.last_link)


def head(place: int, link: bytes) -> str:
    """Write a place and its link as people note it down."""
    return f"{place}:{link[:8].hex()}"


def head_now() -> str:
    """Say where the chain ends, without walking it."""
    with db.reading():
        kept = db.session.get(ChainRow, 1)
        return head(kept.last, bytes(kept.last_link)) if kept else head(0, NOTHING)


def verify(*, noted: str = "", kept: Iterable[str] = ()) -> Verdict:
    """Walk the whole chain and name every line that was taken away, changed, moved or put in from outside.

    `noted` is an earlier head, written down elsewhere, and `kept` are those of our own file: with them a chain whose
    tail was cut, or a whole database put back to an older day, is noticed too.
    """
    with db.reading():
        row = db.session.get(ChainRow, 1)
        ends = _ends(row) if row else Ends(0, NOTHING, 0, NOTHING)
        faults = list(_ends_faults(row, ends))
        walk = _Walk(ends)
        for line in _lines():
            faults.extend(walk.step(line))
        faults.extend(walk.end())
        faults.extend(_outside())
        if noted:
            faults.extend(_noted_fault(noted, ends))
        faults.extend(_kept_faults(kept, ends))
    return Verdict(walk.seen, head(ends.last, ends.last_link), tuple(faults))


def forget_before(day: date) -> int:
    """Forget the lines from before a day, move the chain's beginning behind them, and give how many there were."""
    midnight = datetime.combine(day, time())
    db.session.flush()
    row = _held(db.session())
    ends = _ends(row)
    stays = db.session.scalar(select(func.min(AuditRow.place)).where(AuditRow.at >= midnight))
    until = ends.last if stays is None else stays - 1
    link = db.session.scalar(select(AuditRow.link).where(AuditRow.place == until))
    if link is None:
        return 0
    gone: int = db.session.execute(delete(AuditRow).where(AuditRow.place <= until)).rowcount  # type: ignore[attr-defined]
    _keep(db.session(), Ends(until, link, ends.last, ends.last_link))
    return gone


def chain_lines(lines: Iterable[Line], ends: Ends) -> tuple[list[dict[str, object]], Ends]:
    """Give each line its place and link behind the end of a chain, and the chain's new ends."""
    placed: list[dict[str, object]] = []
    place, link = ends.last, ends.last_link
    for line in lines:
        place += 1
        link = link_of(link, line, place)
        placed.append({"id": line.id, "place": place, "link": link})
    return placed, Ends(ends.begins_after, ends.begins_link, place, link)


@event.listens_for(AuditRow, "after_insert")
def _wait_for_commit(_mapper: Mapper[AuditRow], _connection: object, row: AuditRow) -> None:
    session = inspect(row).session
    if session is not None:
        session.info.setdefault(WAITING, []).append(row)


@event.listens_for(Session, "before_commit")
def _take_places(session: Session) -> None:
    session.flush()
    rows = [row for row in session.info.pop(WAITING, []) if inspect(row).persistent]
    if not rows:
        return
    placed, ends = chain_lines([_line(row) for row in rows], _ends(_held(session)))
    session.execute(update(AuditRow), placed)
    _keep(session, ends)


@event.listens_for(Session, "after_soft_rollback")
def _drop(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(WAITING, None)


@dataclass
class _Walk:
    """One walk along the chain, from its beginning to its end."""

    ends: Ends
    seen: int = 0

    def __post_init__(self) -> None:
        self.place, self.link = self.ends.begins_after, self.ends.begins_link

    def step(self, line: Line) -> Iterator[str]:
        self.seen += 1
        place, link = line.place or 0, line.link or NOTHING
        if place <= self.ends.begins_after or place > self.ends.last:
            yield f"line {place} was put in from outside: {line.words}"
            return
        if place > self.place + 1:
            yield _missing(self.place + 1, place - 1)
        elif not compare_digest(link, link_of(self.link, line, place)):
            yield f"line {place} was changed, moved or put in: {line.words}"
        self.place, self.link = place, link

    def end(self) -> Iterator[str]:
        if self.place < self.ends.last:
            yield _missing(self.place + 1, self.ends.last)
        elif not compare_digest(self.link, self.ends.last_link):
            yield f"line {self.place} does not end the chain as the chain was sealed"


def _missing(first: int, last: int) -> str:
    return f"line {first} is missing" if first == last else f"lines {first} to {last} are missing"


def _ends_faults(kept: ChainRow | None, ends: Ends) -> Iterator[str]:
    if kept is None and db.session.scalar(select(func.count(AuditRow.id))):
        yield "the row that says where the chain begins and ends is missing"
    elif kept is not None and not compare_digest(kept.seal, seal_of(ends)):
        yield "where the chain begins and ends was changed, or its key is another one"


def _outside() -> Iterator[str]:
    for line in _read(select(*LINE, *WORDS).where(AuditRow.place.is_(None)).order_by(AuditRow.id)):
        yield f"a line was put in from outside (row {line.id}): {line.words}"


def _noted_fault(noted: str, ends: Ends) -> Iterator[str]:
    place = int(noted.partition(":")[0]) if noted.partition(":")[0].isdigit() else 0
    link = db.session.scalar(select(AuditRow.link).where(AuditRow.place == place))
    link = ends.begins_link if place == ends.begins_after else link
    if place > ends.last:
        yield f"the chain ends at line {ends.last}, before the one that was noted: {noted}"
    elif place >= ends.begins_after and head(place, link or NOTHING) != noted:
        yield f"line {place} is not the one that was noted: {noted}"


def _kept_faults(kept: Iterable[str], ends: Ends) -> Iterator[str]:
    """Name the first and the last of the noted heads that do not fit: those between tell nothing more."""
    found = [fault for one in kept for fault in _noted_fault(one, ends)]
    yield from dict.fromkeys([*found[:1], *found[-1:]])


def _lines() -> Iterator[Line]:
    return _read(select(*LINE, *WORDS).where(AuditRow.place.is_not(None)).order_by(AuditRow.place))


def _read(asked: object) -> Iterator[Line]:
    for row in db.session.execute(asked, execution_options={"yield_per": AT_A_TIME}):  # type: ignore[call-overload]
        yield Line(row[0], row[1], None if row[2] is None else bytes(row[2]), *row[3:])


def _line(row: AuditRow) -> Line:
    return Line(row.id, row.place, row.link, row.at, row.person_id, row.did, row.about, row.reason)


def _ends(row: ChainRow) -> Ends:
    return Ends(row.begins_after, bytes(row.begins_link), row.last, bytes(row.last_link))


def _held(session: Session) -> ChainRow:
    """Give the chain's one row, held to the end of the transaction; the first writer makes it."""
    held = select(ChainRow).with_for_update().execution_options(populate_existing=True)
    row = session.scalar(held)
    if row is not None:
        return row
    first = Ends(0, NOTHING, 0, NOTHING)
    new = db.insert_into(ChainRow).values(id=1, **vars(first), seal=seal_of(first))
    session.execute(new.on_conflict_do_nothing(index_elements=["id"]))
    return session.scalars(held).one()


def _keep(session: Session, ends: Ends) -> None:
    session.execute(update(ChainRow).values(**vars(ends), seal=seal_of(ends)))
