"""Complete submissions a second of the demo wave, beside the floor: two workers each, every protection on."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from engage.surveys.rules.items import Item, Kind
from engage.surveys.rules.shipped import shipped
from tests.bench.serving import Load, Server, served, submissions
from tests.bench.table import Row

AT_ONCE = (8, 32)
ROUNDS, COUNT = 5, 150
FLOOR_FIELDS = [*((f"q{n}", str(n % 5)) for n in range(10)), ("words", "the path is dark and the bus is late " * 3)]


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = {"ENGAGE_FOLDER": name, "ENGAGE_DEMO": "1"}
        subprocess.run([sys.executable, "-m", "engage.cli", "demo"], env={**os.environ, **ours}, check=True)
        with (
            served("tests.bench.floor:app", {"FLOOR_DB": f"sqlite:///{folder / 'floor.db'}"}) as floor,
            served("wsgi:app", ours) as server,
        ):
            for each, path, fields in ((floor, "/s", FLOOR_FIELDS), (server, "/s/youth", youth_fields())):
                submissions(each.port, path, fields, at_once=4, count=40)  # so that all processes are awake
            before, idle, spent = _responses(folder), server.memory(), server.cpu_seconds()
            loads = {at_once: _in_turns(floor, server, at_once) for at_once in AT_ONCE}
            cpu = (server.cpu_seconds() - spent) / (len(AT_ONCE) * ROUNDS * COUNT) * 1000
            stored = _responses(folder) - before
    sent = sum(len(load.posts) for load, _ in loads.values())
    return [
        *(_rate(at_once, *loads[at_once]) for at_once in AT_ONCE),
        _slow_end(*loads[AT_ONCE[-1]]),
        Row("CPU of one complete submission", cpu, "ms", "<= 10", "", "", cpu <= 10),
        Row("idle memory, two web processes", idle, "MiB", "<= 170", "", "", idle <= 170),
        Row("submissions stored", f"{stored} of {sent}", "", "all", "", "", stored == sent and not _failures(loads)),
    ]


def _in_turns(floor: Server, server: Server, at_once: int) -> tuple[Load, Load]:
    """Load ours and the floor by turns, so that a noisy minute of the machine meets both."""
    ours, least = Load(0.0), Load(0.0)
    for _ in range(ROUNDS):
        least.add(submissions(floor.port, "/s", FLOOR_FIELDS, at_once=at_once, count=COUNT))
        ours.add(submissions(server.port, "/s/youth", youth_fields(), at_once=at_once, count=COUNT))
    return ours, least


def youth_fields() -> list[tuple[str, str]]:
    """An answer to every card of the demo wave; the server drops those off the path."""
    found = [(item.code, _answer(item)) for item in shipped("youth").with_modules(frozenset()).items]
    return [(code, answer) for code, answer in found if answer]


def _answer(item: Item) -> str:
    if item.kind is Kind.OPEN:
        return "the path behind the station is dark and the bus is always late"
    plain = {Kind.AGE: "15", Kind.NUMBER: "7", Kind.CONSENT: "yes", Kind.INFORMATION: ""}
    return plain.get(item.kind, item.options[0].code if item.options else "dont_know")


def _rate(at_once: int, ours: Load, floor: Load) -> Row:
    ratio = ours.each_second / floor.each_second
    words = f"floor {floor.each_second:.0f}/s"
    name = f"complete submissions, {at_once} at once"
    return Row(name, ours.each_second, "/s", ">= 0.5 x floor", words, f"{ratio:.2f}", ratio >= 0.5)


def _slow_end(ours: Load, floor: Load) -> Row:
    ratio = ours.p95 / floor.p95
    words = f"floor {floor.p95 * 1000:.0f} ms"
    return Row("POST p95, 32 at once", ours.p95 * 1000, "ms", "<= 2.1 x floor", words, f"{ratio:.2f}", ratio <= 2.1)


def _failures(loads: dict[int, tuple[Load, Load]]) -> list[str]:
    found = [failure for both in loads.values() for load in both for failure in load.failures]
    if found:
        print(found[:3], file=sys.stderr)
    return found


def _responses(folder: Path) -> int:
    with sqlite3.connect(folder / "engage.db") as connection:
        return int(connection.execute("SELECT count(*) FROM response").fetchone()[0])
