"""Slow down guessing, without keeping anybody's address: counts by hashed key and hour, in the database."""

from datetime import datetime, timedelta

from flask import request
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage.shared import crypto, db
from engage.shared.clock import now
from engage.shared.errors import TooMany
from engage.shared.words import N_

KEPT = timedelta(hours=3)


class WrongTry(db.Model):
    """How many wrong tries one hashed key made in one hour."""

    __tablename__ = "wrong_try"

    key: Mapped[bytes] = mapped_column(primary_key=True)
    hour: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]


def check(purpose: str, *, most: int, who: str | None = None) -> None:
    """Raise `TooMany` when `who` (the caller's address unless named) made `most` wrong tries this hour or last."""
    with db.apart() as own:
        if _times(own, _key(purpose, who)) >= most:
            raise TooMany(N_("There were a lot of tries just now. Wait an hour, then try again. Nothing is lost."))


def count(purpose: str, *, who: str | None = None, times: int = 1) -> int:
    """Count a wrong try, in its own transaction, forget old ones, and give how many came before it."""
    key, hour = _key(purpose, who), _hour(now())
    with db.apart() as own:
        before = _times(own, key)
        _add(own, key, hour, times)
        own.execute(delete(WrongTry).where(WrongTry.hour < _hour(now() - KEPT)))
    return before


def _times(own: Session, key: bytes) -> int:
    hours = [_hour(now()), _hour(now() - timedelta(hours=1))]
    return sum(own.scalars(select(WrongTry.times).where(WrongTry.key == key, WrongTry.hour.in_(hours))))


def _add(own: Session, key: bytes, hour: str, times: int) -> None:
    insert = postgresql_insert if own.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = insert(WrongTry).values(key=key, hour=hour, times=times)
    own.execute(row.on_conflict_do_update(index_elements=["key", "hour"], set_={"times": WrongTry.times + times}))


def _key(purpose: str, who: str | None) -> bytes:
    # The day is part of the key: yesterday's counts cannot be matched with today's, nor either with an address.
    day = now().date().isoformat()
    return crypto.keyed("throttle", f"{purpose}|{day}|{who or request.remote_addr}".encode())


def _hour(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H")
