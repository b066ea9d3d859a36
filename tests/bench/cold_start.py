"""A cold start: from starting the web server to its first answer, beside the floor's."""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from tests.bench.serving import PATIENCE, served
from tests.bench.table import Row

ROUNDS = 5
BAR = 1.5  # seconds


def rows() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        ours = {"ENGAGE_FOLDER": folder}
        for command in (("keys", "make"), ("migrate",)):
            subprocess.run([sys.executable, "-m", "engage.cli", *command], env={**os.environ, **ours}, check=True)
        least: list[float] = []
        took: list[float] = []
        for _ in range(ROUNDS):  # by turns, so that a noisy minute of the machine meets both
            least.append(_first_answer("tests.bench.floor:app", {"FLOOR_DB": f"sqlite:///{folder}/floor.db"}, "/s"))
            took.append(_first_answer("wsgi:app", ours, "/"))
    words, ratio = f"floor {median(least):.1f} s", f"{median(took) / median(least):.1f}"
    return [Row("cold start to first answer", median(took), "s", f"<= {BAR}", words, ratio, median(took) <= BAR)]


def _first_answer(app: str, environment: dict[str, str], path: str) -> float:
    start = time.perf_counter()
    with served(app, environment) as server:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        line.request("GET", path)
        status = line.getresponse().status
        took = time.perf_counter() - start
        assert status == http.client.OK, f"status {status}"
    return took
