"""Make the people of a panel and a wave with frozen results, for tests of packs; all invented."""

from dataclasses import fields
from datetime import date, timedelta

from engage.accounts.rules import Person, Role
from engage.analysis.jobs import do_all
from engage.analysis.rules.freezing import fingerprint, written
from engage.pqa.actions import pack as packs
from engage.pqa.models import PackRow
from engage.pqa.rules.pack.records import Body
from engage.pqa.rules.quarters import Quarter, quarter_of
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.models import WaveRow
from engage.surveys.queries.waves import wave_by_id
from engage.surveys.rules.waves import Wave
from tests.answers import make_response
from tests.people import make_person
from tests.surveys import make_wave

NOW = "2026-11-25T10:00:00+00:00"
QUARTER = quarter_of(date(2026, 11, 25))
ROOM = f"/desk/packs/{QUARTER.code}"


def make_panel() -> dict[str, Person]:
    """One person for each role around the pack, and a second member of the panel."""
    roles = {
        "pqa": Role.PQA,
        "other": Role.PQA,
        "voice": Role.VOICE,
        "scrutineer": Role.SCRUTINEER,
        "ambassador": Role.AMBASSADOR,
        "agency": Role.AGENCY,
    }
    return {name: make_person(role, name=f"{name.title()} (invented)") for name, role in roles.items()}


def make_frozen(
    code: str = "youth", *, wave: Wave | None = None, happy: int = 40, days_ago: int = 5, state: str = "closed"
) -> Wave:
    """Make a wave that closed so many days ago, with frozen results; three of its sixty do not feel safe at home."""
    wave = wave or make_wave(code, title=f"Youth survey {code}")
    for number in range(60):
        make_response(
            wave,
            age="age_11_13" if number % 2 else "age_14_15",
            area_happy="very_happy" if number < happy else "unhappy",
            safe_home="very_unsafe" if number < 3 else "very_safe",
        )
    row = db.session.get_one(WaveRow, wave.id)
    row.closes_on, row.opens_on = today() - timedelta(days=days_ago), today() - timedelta(days=days_ago + 20)
    row.state = state
    db.session.commit()
    freeze(wave.code)
    return wave_by_id(wave.id)


def freeze(code: str) -> None:
    """Have the results of a wave that ended frozen."""
    wanted.want("snapshot", f"wave:{code}")
    db.session.commit()
    do_all()
    failed = [work.failed for work in wanted.waiting() if work.kind == "snapshot"]
    assert failed == [], failed


def make_issued(panel: dict[str, Person], quarter: Quarter = QUARTER) -> int:
    """Make and issue a quarter's pack; gives its version."""
    version = packs.make(quarter, partnership="Partnership (invented)", by=panel["voice"], today=today())
    packs.issue(quarter, version, by=panel["pqa"], today=today())
    db.session.commit()
    return version


def make_empty(panel: dict[str, Person], quarter: Quarter = QUARTER) -> None:
    """Put a version there that says nothing and is not issued."""
    day = quarter.first
    blank: dict[str, object] = {field.name: () for field in fields(Body)}
    words = dict.fromkeys(("name", "partnership", "no_wave"), "")
    facts = {"quarter": quarter.code, "version": 1, "since": day, "until": day, "made_on": day, "youth": None}
    text = written(Body(**(blank | words | facts)).to_json())  # type: ignore[arg-type]
    db.session.add(
        PackRow(
            quarter=quarter.code, version=1, state="made", since=day, until=day, made_on=day, made_by=panel["voice"].id,
            body=text, sha256=fingerprint(text),
        )
    )  # fmt: skip
    db.session.commit()
