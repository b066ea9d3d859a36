"""Which statements each test of the pages sends to its database, and the fewest tests that send all of them.

The pages run whole on SQLite, and each test's statements are kept beside pytest's cache. What PostgreSQL could do
otherwise hangs on the statement, on the kinds of its values and on who else asks in the same moment: so the run on
PostgreSQL takes the fewest tests that send every statement again, and every test in which two ask at once. A test
nothing is known of is taken. `make attack` takes all.
"""

import heapq
import json
import os
import re
import threading
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

LIST = re.compile(r"\?(, \?)+")  # of values
ROWS = re.compile(r"\(\?\)(, \(\?\))+")
FOLDER = "statements"
AT_ONCE = "two ask at once"


@dataclass
class Sent:
    """What one test sent, as names of statements, and how long it took in seconds."""

    names: set[str] = field(default_factory=set)
    threads: set[int] = field(default_factory=set)
    seconds: float = 0.0


def name_of(sql: str, values: object, *, many: bool) -> str:
    """A statement as far as databases may differ over it: its words, and of which kind its values are."""
    first = values[0] if many and isinstance(values, list | tuple) and values else values
    given = first.values() if isinstance(first, dict) else first if isinstance(first, list | tuple) else ()
    kinds = sorted({type(one).__name__ for one in given})
    return ROWS.sub("(?)", LIST.sub("?", sql)) + " | " + " ".join(kinds)


class Recorder:
    """Keeps, test by test, what is sent to the engines it listens to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sent: dict[str, Sent] = {}
        self.now = Sent()

    def listen(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self.keep)
        event.listen(engine, "handle_error", self.keep_refused)

    def keep(self, _c: object, _cur: object, sql: str, values: object, _context: object, many: bool) -> None:  # noqa: FBT001  (SQLAlchemy's order)
        self.now.names.add(name_of(sql, values, many=many))
        self.now.threads.add(threading.get_ident())

    def keep_refused(self, what: ExceptionContext) -> None:
        self.now.names.add(f"{type(what.original_exception).__name__}: {what.statement}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.now = self.sent[item.nodeid] = Sent()
        began = time.monotonic()
        result = yield
        self.now.seconds = time.monotonic() - began
        return result

    def pytest_sessionfinish(self) -> None:
        kept = {
            node: {"seconds": round(one.seconds, 3), "names": sorted(one.names | at_once(one))}
            for node, one in self.sent.items()
            if one.names
        }
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        (self.folder / f"{worker}.json").write_text(json.dumps(kept), "utf-8")


def at_once(one: Sent) -> set[str]:
    return {AT_ONCE} if len(one.threads) > 1 else set()


def begin(config: pytest.Config) -> Recorder:
    """Record a run from its start; what the last one left is forgotten."""
    folder = config.cache.mkdir(FOLDER)
    if not hasattr(config, "workerinput"):
        for file in folder.glob("*.json"):
            file.unlink()
    return Recorder(folder)


def fewest(config: pytest.Config, nodes: Iterable[str]) -> set[str]:
    """Those of `nodes` to take, so that every statement that one of them sends is sent."""
    known: dict[str, dict] = {}
    for file in sorted(config.cache.mkdir(FOLDER).glob("*.json")):
        known |= json.loads(file.read_text("utf-8"))
    nodes = list(nodes)
    taken = {node for node in nodes if node not in known or AT_ONCE in known[node]["names"]}
    return taken | cover(
        {node: (known[node]["names"], known[node]["seconds"]) for node in nodes if node in known}, taken
    )


def cover(known: dict[str, tuple[list[str], float]], taken: set[str]) -> set[str]:
    """Tests that together send all that `known` sends, beginning with `taken`; each time the most new ones a second."""
    missing = {name for names, _ in known.values() for name in names}
    for node in taken & known.keys():
        missing -= set(known[node][0])
    more: set[str] = set()
    heap = [(-worth(known[node], missing), node) for node in known]
    heapq.heapify(heap)
    while missing:
        _, node = heapq.heappop(heap)
        now = worth(known[node], missing)
        if heap and now < -heap[0][0]:
            heapq.heappush(heap, (-now, node))
            continue
        more.add(node)
        missing -= set(known[node][0])
    return more


def worth(test: tuple[list[str], float], missing: set[str]) -> float:
    names, seconds = test
    return len(missing.intersection(names)) / (seconds + 0.01)
