"""Make waves that ended, with answers already read by the machine, for tests of what is found in them; all invented."""

import random
import secrets
from datetime import date, timedelta

from engage.analysis.models import ExcerptRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import WaveRow
from engage.surveys.rules.waves import Wave
from tests.surveys import make_wave

USUAL = [
    "the bus is late again", "buses dont come after 7", "more clubs please", "i want a youth club near me",
    "park is ok but dark", "need lights in the park", "lunch costs too much", "school lunch queue is long",
    "litter everywhere", "bins r always full", "homework is stressing me out", "too many tests in one week",
    "my street is quiet i like it", "library closes too early",
]  # fmt: skip
VAPES = [
    "someone sells vapes by the school gate", "vapes everywhere in the toilets", "year 7s with vapes its not ok",
    "vapes on the bus every day", "older kids make you buy vapes", "so many vapes at break",
]  # fmt: skip


def make_ended(code: str = "youth", *, days_ago: int = 5, **changes: object) -> Wave:
    """Make a wave that closed so many days ago."""
    closes = today() - timedelta(days=days_ago)
    days = {"opens_on": closes - timedelta(days=20), "closes_on": closes}
    wave = make_wave(code, opened=False, title=f"Youth survey {code}", **(days | changes))
    db.session.get_one(WaveRow, wave.id).state = "closed"
    db.session.commit()
    return wave


def say(wave: Wave, *words: str, read: tuple[int, date] | None = None, **facts: object) -> None:
    """Put answers there as the machine makes them ready; `read` by whom and when, which checks them too."""
    by, on = read or (None, None)
    known = {
        "item": "anything_new",
        "language": "en",
        "urgency": 0.1,
        "flagged": False,
        "checked": read is not None,
    } | facts
    db.session.add_all(
        ExcerptRow(
            key=secrets.token_bytes(16), wave_id=wave.id, day=wave.closes_on, words=one,
            read_by=by, read_on=on, **known,
        )
        for one in words
    )  # fmt: skip
    db.session.commit()


def usual(size: int, seed: int, *, vapes: int = 0) -> list[str]:
    """What is said in any wave, and something new so many times."""
    chance = random.Random(seed)
    return [chance.choice(USUAL) for _ in range(size)] + [chance.choice(VAPES) for _ in range(vapes)]
