"""Attack all that can be read of 200 invented waves: tables, cuts, themes, files, pages and consecutive packs."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from engage import create_app
from engage.analysis.method.records import Audit
from engage.analysis.method.small_numbers import audit
from engage.analysis.queries.cuts import cuts_of
from engage.shared import db
from tests.bench.table import Row
from tests.conftest import empty_every_table, make_settings
from tests.family import everything_of, publish_family
from tests.method.synthetic_wave import publish_without
from tests.packs import make_panel
from tests.people import sign_in
from tests.published import everything, publish_wave, strays
from tests.taken_away import attacked, strays_in_files

WAVES, CONTROLS, FAMILIES = 200, 20, 30
PRINTED_EVERY = 40  # waves; a PDF takes longer than all the rest, and is its print view, which is read each time
SMALL = ((25, 30), (30, 20, 45), (40, 35, 25, 50), ())  # how many of each age; none: as the seed has it
UNGUARDED = "88 % of hidden cells solved when only small ones are hidden"


@dataclass(frozen=True)
class Found:
    """What an attack on one wave found: hidden figures, those worked out, whether all are wide, and strays."""

    hidden: int
    pinned: int
    safe: bool
    cuts: int
    strays: int


def rows() -> list[Row]:
    """Hidden figures worked out by integer programs: none as published, many with the guard off."""
    begun = time.process_time()
    with _app() as app:
        found = [_attacked(app, seed) for seed in range(WAVES)]
        each = (time.process_time() - begun) / WAVES
        families = [_family(seed) for seed in range(FAMILIES)]
    off = [audit(publish_without(seed), exact=False) for seed in range(CONTROLS)]
    pinned, narrow = sum(one.pinned for one in found), sum(not one.safe for one in found)
    unheard = sum(one.strays for one in found)
    control = 100 * sum(one.pinned for one in off) / sum(len(one.ranges) for one in off)
    words = f"{sum(one.hidden for one in found)} hidden figures, {sum(one.cuts for one in found)} cuts, 4 packs a wave"
    return [
        Row("whole waves: hidden figures pinned", pinned, "figures", "0", words, "", pinned == 0),
        Row("whole waves with a figure narrowed too far", narrow, f"of {WAVES}", "0", words, "", narrow == 0),
        Row("figures in packs, files, pages, not attacked", unheard, "figures", "0", words, "", unheard == 0),
        *_ages(families),
        Row("guard off: hidden figures pinned", control, "%", "> 25", UNGUARDED, "", control > 25),
        Row("publish and attack one whole wave", each, "CPU s", "<= 3", "", "", each <= 3),
    ]


def _ages(families: list[tuple[Audit, Audit]]) -> list[Row]:
    """What several ages say together beside each of them, and the same sums made without looking at their parts."""
    hidden, pinned = sum(len(one.ranges) for one, _ in families), sum(one.pinned for one, _ in families)
    narrow, control = sum(not one.safe for one, _ in families), sum(not other.safe for _, other in families)
    words = f"{hidden} hidden figures"
    return [
        Row("ages together: hidden figures pinned", pinned, "figures", "0", words, "", pinned == 0),
        Row("families with a figure narrowed too far", narrow, f"of {FAMILIES}", "0", words, "", narrow == 0),
        Row("guard off: families narrowed too far", control, f"of {FAMILIES}", "> 0", words, "", control > 0),
    ]


def _family(seed: int) -> tuple[Audit, Audit]:
    waves = publish_family(seed, sizes=SMALL[seed % len(SMALL)])
    found = audit(everything_of(waves), exact=False), audit(everything_of(waves, guarded=False), exact=False)
    db.session.remove()
    empty_every_table()
    return found


@contextmanager
def _app() -> Iterator[Flask]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(make_settings(Path(folder)))
        app.config["TESTING"] = True
        with app.app_context():
            db.create_tables()
            yield app
            db.engine().dispose()


def _attacked(app: Flask, seed: int) -> Found:
    panel = make_panel()
    wave = publish_wave(seed, panel)
    tables = everything(wave)
    found = audit(tables, exact=False)
    reader = sign_in(app.test_client(), panel["pqa"])
    over = strays(wave, tables, reader)
    over |= strays_in_files(wave, attacked(wave, tables), reader, pdf=seed % PRINTED_EVERY == 0)
    cuts = len(cuts_of(wave.code))
    db.session.remove()
    empty_every_table()
    return Found(len(found.ranges), found.pinned, found.safe, cuts, len(over))
