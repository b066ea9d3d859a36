"""Put an invented wave through the real machine, quarter after quarter, and gather everything to be read of it."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from flask.testing import FlaskClient
from sqlalchemy import Select, func, insert, select

from engage.accounts.rules import Person
from engage.analysis.jobs.cutting import compute_cut
from engage.analysis.jobs.results import take_snapshot
from engage.analysis.method.records import Protected
from engage.analysis.models import CodingRow, CutRow, ExcerptRow, SnapshotRow, ThemeRow
from engage.analysis.queries.cuts import cuts_of
from engage.analysis.rules.freezing import thawed, written
from engage.pqa.actions import pack as packs
from engage.pqa.models import PackRow
from engage.pqa.rules.pack.records import Body
from engage.pqa.rules.pack.states import Correction
from engage.pqa.rules.quarters import quarter_of
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import AnswerRow, ResponseRow, WaveRow
from engage.surveys.rules.waves import Wave
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.rules.concerns import NewConcern
from tests.coding import make_theme
from tests.ended import make_ended, say
from tests.method.synthetic_wave import CUTS, DELETED_EVERY, make_people

THEMES = 5
QUARTER_LATER = timedelta(days=95)
Figures = set[tuple[str, str]]


def publish_wave(seed: int, by: Mapping[str, Person]) -> Wave:
    """Freeze a wave, code it, report it, cut it; make a pack, correct it twice, and make the next quarter's.

    `by` holds a "voice" and a "pqa". In every fourth wave somebody deletes what they sent before the cuts are made.
    """
    wave = _sent(seed, by["voice"])
    take_snapshot(f"wave:{wave.code}")
    _issue(by, today())
    _code(wave, by["voice"], share=0.6, seed=seed)
    take_snapshot(f"wave:{wave.code}")
    _issue(by, today(), Correction("Some answers are coded"))
    db.session.get_one(WaveRow, wave.id).state = "reported"
    db.session.commit()
    for share in (0.9, 1.0):  # once more than it should be: what was counted stays
        _code(wave, by["voice"], share=share, seed=seed)
        take_snapshot(f"wave:{wave.code}")
    _issue(by, today(), Correction("It is reported"))
    if seed % DELETED_EVERY == 0:
        _forget_one(wave)
    _cut(wave)
    _issue(by, today() + QUARTER_LATER)
    _answer_back(by, seed)
    return wave


def everything(wave: Wave) -> list[Protected]:
    """Every table of every freezing of a wave, and its cuts; those that a later freezing repeats once."""
    found: dict[str, dict[str, Any]] = {}
    rows = db.session.scalars(select(SnapshotRow).where(SnapshotRow.wave_id == wave.id).order_by(SnapshotRow.id))
    for body in (thawed(row.body, row.sha256) for row in rows):
        lines = [line[name] for line in body["lines"] for name in ("table", "missing", "positive")]
        breaks = [table for line in body["lines"] for table in line["breaks"]]
        for table in filter(None, (body["everyone"], *lines, *breaks, body["themes"])):
            found[written(table)] = table
    return [*map(Protected.from_json, found.values()), *(one.table for one in cuts_of(wave.code))]


def strays(wave: Wave, tables: Sequence[Protected], panel: FlaskClient) -> Figures:
    """What packs, files and pages say of a wave, and none of the tables that were attacked does."""
    cells = [cell for table in tables for cell in table.cells]
    known = {(level or "", cell.text) for cell in cells for level in (None, *cell.at)}
    shares = {f"{cell.percent}%" for cell in cells if cell.percent is not None}
    said = set(_in_packs(wave)) | set(_in_files(wave, panel))
    return {one for one in said if one not in known} | {("wave page", one) for one in _on_pages(wave, panel) - shares}


def _in_packs(wave: Wave) -> Iterator[tuple[str, str]]:
    """Every count of a wave in any version of any pack, as (code or "", figure)."""
    for row in db.session.scalars(select(PackRow)):
        body = Body.from_json(thawed(row.body, row.sha256))
        yield from (("", one.responses) for one in body.sources if one.code == wave.code)
        for one in body.said:
            yield "", one.answers
            yield from (("", theme.count) for theme in one.themes)
        yield from (("", str(line.base)) for changes in body.changes for line in changes.moved)


def _in_files(wave: Wave, panel: FlaskClient) -> Iterator[tuple[str, str]]:
    text = panel.get(f"/desk/results/{wave.code}/files/results.csv").text.removeprefix("\ufeff")
    for line in csv.DictReader(io.StringIO(text)):
        if line["people"]:
            yield line["answer code"], line["people"]
            yield "", line["of"]


def _on_pages(wave: Wave, panel: FlaskClient) -> set[str]:
    """Every percentage on the public page, and in the panel's list of questions."""
    pages = (f"/you-said-we-did/waves/{wave.code}", f"/desk/results/{wave.code}/themes")
    mains = [panel.get(page).text.partition("<main")[2].partition("<details")[0] for page in pages]
    return {found for main in mains for found in re.findall(r"<strong>(\d+%)</strong>", main)}


def _sent(seed: int, voice: Person) -> Wave:
    wave, people = make_ended(f"wave-{seed}", days_ago=0), make_people(seed)
    chance = np.random.default_rng(seed)
    keys = [chance.bytes(16) for _ in people]
    sent = {"wave_id": wave.id, "language": "en", "sent_on": wave.closes_on}
    db.session.execute(insert(ResponseRow), [{"key": key, **sent} for key in keys])
    db.session.execute(
        insert(AnswerRow),
        [
            {"response_key": key, "item": item, "option": option}
            for key, one in zip(keys, people, strict=True)
            for item, option in one.items()
        ],
    )
    say(wave, *(f"answer {number}" for number in range(len(people) // 3)), read=(voice.id, today()))
    for number in range(THEMES):
        make_theme(f"Theme {seed} {number}", voice)
    return wave


def _code(wave: Wave, voice: Person, *, share: float, seed: int) -> None:
    """Put themes on this part of the answers, the same for the same seed; later calls go on from there."""
    chance = np.random.default_rng(seed)
    themes = [int(one) for one in db.session.scalars(_themes(seed))]
    keys = list(
        db.session.scalars(select(ExcerptRow.key).where(ExcerptRow.wave_id == wave.id).order_by(ExcerptRow.key))
    )
    held = chance.random((len(keys), len(themes))) < chance.dirichlet([0.6] * len(themes))
    there = set(db.session.execute(select(CodingRow.excerpt_key, CodingRow.theme_id)).tuples())
    db.session.add_all(
        CodingRow(excerpt_key=key, theme_id=theme, confirmed_by=voice.id)
        for key, row in list(zip(keys, held, strict=True))[: int(share * len(keys))]
        for theme, holds in zip(themes, row, strict=True)
        if holds and (key, theme) not in there
    )
    db.session.commit()


def _themes(seed: int) -> Select[tuple[int]]:
    return select(ThemeRow.id).where(ThemeRow.name.like(f"Theme {seed} %")).order_by(ThemeRow.id)


def _forget_one(wave: Wave) -> None:
    key = db.session.scalars(select(func.min(ResponseRow.key)).where(ResponseRow.wave_id == wave.id)).one()
    for table, column in ((AnswerRow, AnswerRow.response_key), (ResponseRow, ResponseRow.key)):
        db.session.execute(table.__table__.delete().where(column == key))
    db.session.commit()


def _cut(wave: Wave) -> None:
    for item, by in CUTS:
        row = CutRow(wave_id=wave.id, item=item, by=",".join(by), refused="", body="", sha256="")
        db.session.add(row)
        db.session.commit()
        compute_cut(f"cut:{row.id}")


def _answer_back(by: Mapping[str, Person], seed: int) -> None:
    """Make what some of them wrote about public, so that open data tells of it."""
    theme = next(iter(db.session.scalars(_themes(seed))))
    new = NewConcern(
        f"Theme {seed} 0", "You told us.", "travel", today() + QUARTER_LATER, today(), (theme,), "a survey"
    )
    concern_id = concerns.propose(new, by=by["voice"], today=today())
    concerns.hear(concern_id, by=by["pqa"], today=today())
    db.session.commit()


def _issue(by: Mapping[str, Person], day: date, correction: Correction | None = None) -> None:
    quarter = quarter_of(day)
    version = packs.make(quarter, partnership="Invented", by=by["voice"], today=day, correction=correction)
    packs.issue(quarter, version, by=by["pqa"], today=day)
    db.session.commit()
