"""`make bench`: run every measure (or those named), print a table, write bench.json; 1 when a bar is missed."""

import importlib
import json
import pkgutil
import sys

import tests.bench
from tests.bench.table import PROJECT, Row, show

NOT_MEASURES = {"__main__", "table", "floor", "serving"}
FAULTS = {"attack", "exit_time", "guesses", "held", "hostile", "killed", "twice"}  # `make attack` runs them
BY_NAME = FAULTS | {"million"}  # too long for every run


def main(wanted: list[str]) -> int:
    every = {module.name for module in pkgutil.iter_modules(tests.bench.__path__) if not module.ispkg}
    names = wanted or sorted(every - NOT_MEASURES - BY_NAME)
    rows: list[Row] = []
    try:
        for name in names:
            print(f"measuring {name} …", file=sys.stderr, flush=True)
            rows += importlib.import_module(f"tests.bench.{name}").rows()
    finally:  # an hour's figures are not lost because somebody ended the last of them
        print(show(rows))
    (PROJECT / "bench.json").write_text(json.dumps([vars(row) for row in rows], indent=2))
    return int(any(row.ok is False for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
