"""A partner's real feedback brought in with the command: imported, redacted, screened and themed."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from engage.settings import make_keys
from tests.bench.table import Row, evaluation_data

LONGEST = 60


def rows() -> list[Row]:
    data = evaluation_data()
    if data is None or not (data / "nhs_feedback.csv").exists():
        return [Row("import and theme 4,721 comments", "skipped: no data", "s", f"<= {LONGEST}", "", "", None)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_keys(folder)
        command = [sys.executable, "-m", "engage.cli", "import-feedback", str(data / "nhs_feedback.csv")]
        command += ["--source", "NHS patients", "--text", "FFT answer", "--date", "Date", "--question", "FFT question"]
        start = time.perf_counter()
        subprocess.run(command, env={**os.environ, "ENGAGE_FOLDER": name}, check=True, capture_output=True)
        took = time.perf_counter() - start
        with sqlite3.connect(folder / "engage.db") as connection:
            taken, themes = connection.execute(
                "SELECT (SELECT count(*) FROM excerpt), (SELECT count(*) FROM theme)"
            ).fetchone()
    return [
        Row("import and theme 4,721 comments", took, "s", f"<= {LONGEST}", "", "", took <= LONGEST),
        Row("comments taken, themes found", f"{taken}, {themes}", "", "", "", "", None),
    ]
