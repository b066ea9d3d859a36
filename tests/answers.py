"""Make written answers for a test, as if young people had sent them; every word here is invented."""

import secrets
from pathlib import Path

from engage.accounts.rules import Person
from engage.analysis.actions import reading
from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.actions.feedback import bring_in
from engage.surveys.models import AnswerRow, ResponseRow, WrittenRow
from engage.surveys.rules.feedback import Columns
from engage.surveys.rules.waves import Wave

BUS = [
    "the bus is always late", "late bus again", "bus never comes on time", "buses are late every morning",
    "the 143 bus is late and full", "why is the bus late every day", "my bus was late and i missed maths",
    "late buses make me late for school", "buses late in the rain", "the bus came late again today",
    "bus late bus late bus late", "fix the late bus",
]  # fmt: skip
PARK = [
    "the park is too dark at night", "no lights in the park", "put lights in the park", "dark park after school",
    "the park lights are broken", "broken lights in our park", "i dont like the dark park", "light up the park please",
    "park is dark so i go round", "lights please in the park by the river", "the park path is dark", "fix park lights",
]  # fmt: skip
CLUB = [
    "we need a youth club", "open the youth club again", "the youth club was shut", "youth club on fridays please",
    "there is no youth club for us", "a youth club near my house", "bring back the youth club", "youth club with music",
]  # fmt: skip
TOILETS = [
    "school toilets are dirty", "no soap in the toilets", "toilets are locked at lunch", "dirty toilets no paper",
    "clean the school toilets", "the girls toilets smell", "locked toilets are not fair", "toilets need locks and soap",
]  # fmt: skip
TALK = [f"{words} {more}".strip() for more in ("", "again and again") for words in (*BUS, *PARK, *CLUB, *TOILETS)]
WORRYING = "my stepdad hits me when he is drunk"


def make_response(wave: Wave, *, item: str = "anything_new", words: str = "", **chosen: str) -> bytes:
    """Add what one person sent: words in one box, options of other items; gives the receipt's hash."""
    key, receipt = secrets.token_bytes(16), secrets.token_bytes(32)
    db.session.add(ResponseRow(key=key, wave_id=wave.id, language="en", sent_on=today(), receipt_hash=receipt))
    db.session.flush()
    if words:
        row = {"response_key": key, "wave_id": wave.id, "item": item, "language": "en", "sent_on": today()}
        db.session.add(WrittenRow(key=secrets.token_bytes(16), words=words, **row))
    for code, options in chosen.items():
        for option in options.split():
            db.session.add(AnswerRow(response_key=key, item=code, option=option))
    wanted.want("read", f"wave:{wave.code}")
    db.session.commit()
    return receipt


def make_excerpts(wave: Wave, *texts: str) -> dict[str, str]:
    """Add answers and have the worker read them; gives the id of each by its redacted words."""
    for words in texts:
        make_response(wave, words=words)
    do_all()
    return excerpts()


def excerpts() -> dict[str, str]:
    db.session.expire_all()
    return {row.words or "": row.key.hex() for row in db.session.query(ExcerptRow)}


def read_everything(by: Person) -> None:
    for excerpt_id in excerpts().values():
        reading.mark_read(excerpt_id, by=by, today=today())
    db.session.commit()


def make_source(folder: Path, *texts: str, name: str = "A partner (invented)") -> int:
    """Bring a partner's comments in from a file; gives the source's id."""
    path = folder / "comments.csv"
    path.write_text("said\n" + "".join(f'"{words}"\n' for words in texts))
    report = bring_in(path, source=name, columns=Columns("said"), today=today(), said=lambda _: None)
    wanted.want("read", f"source:{report.source_id}")
    db.session.commit()
    return report.source_id
