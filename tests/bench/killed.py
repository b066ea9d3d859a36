"""kill -9 of the web processes and the worker during a thousand submissions, ten times over."""

import tempfile
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.shared import db, wanted
from engage.surveys.models import WrittenRow
from tests.bench.table import Row
from tests.faults.killing import Sent, installed, kill_meanwhile, send_many
from tests.faults.looking import look

TIMES, COUNT = 10, 1_000


def rows() -> list[Row]:
    """Nothing acknowledged is lost or half written, alerts wait, and the same four words are shown on each press."""
    everybody: list[Sent] = []
    with tempfile.TemporaryDirectory() as name, installed(Path(name), worker=True) as (installation, app):
        for time in range(TIMES):
            sent, sending = send_many(installation.port, range(time * COUNT, (time + 1) * COUNT))
            kill_meanwhile(installation, sent, sending, seed=time)
            everybody += sent
        installation.kill_everything()
        found = look(app, everybody)
        unread = _unread(app)
    interrupted = sum(sent.posts > 1 + sent.worried for sent in everybody)
    words = f"{len(everybody)} sent, {TIMES} x killed, {interrupted} had to press again"
    said = {
        "killed: acknowledged answers lost": found.lost,
        "killed: answers half written": found.half,
        "killed: answers nobody sent, or twice": found.beyond + found.spent,
        "killed: alerts lost or doubled": found.alerts,
        "killed: another receipt shown on a retry": found.words,
        "killed: complaints of the database": found.broken,
        "killed: answers a worker lost or read twice": unread,
    }
    return [Row(what, count, "of " + str(len(everybody)), "0", words, "", count == 0) for what, count in said.items()]


def _unread(app: Flask) -> int:
    """Let what the killed worker held be done by this process; gives by how many it differs from what was written."""
    with app.app_context():
        wanted.free_all()
        db.session.commit()
        do_all()
        count = [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (WrittenRow, ExcerptRow)]
        db.session.remove()
    return abs(count[0] - count[1])
