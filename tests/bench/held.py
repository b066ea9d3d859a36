"""Somebody holds the database for thirty seconds: what a young person who presses Send is told, and what is kept."""

import html
import http.client
import sqlite3
import tempfile
import threading
import time
from pathlib import Path

from tests.bench.serving import TOKEN
from tests.bench.table import Row
from tests.faults.killing import SURVEY, Reply, Sent, insist, installed
from tests.faults.looking import look
from tests.surveys import words_on

HELD, LONGEST, PHONES = 30, 35, 4  # seconds, seconds (a turn in its process, then the database), how many at once


def rows() -> list[Row]:
    """Every phone is answered with all it typed until the database is free, and is stored once then."""
    with tempfile.TemporaryDirectory() as name, installed(Path(name)) as (installation, app):
        everybody = [_opened(installation.port, number) for number in range(1, PHONES + 1)]
        ready, answers = threading.Event(), list[tuple[float, Reply, Sent]]()
        holder = threading.Thread(target=_hold, args=(Path(name) / "engage.db", ready))
        holder.start()
        ready.wait()
        reading = insist(installation.port, "GET", SURVEY).status
        phones = [threading.Thread(target=_press, args=(installation.port, sent, answers)) for sent in everybody]
        for thread in phones:
            thread.start()
        for thread in (*phones, holder):
            thread.join()
        found = look(app, everybody)
    refused = [(reply, sent) for _, reply, sent in answers if reply.status != http.client.SEE_OTHER]
    kept = [all(words in html.unescape(reply.body.decode()) for words in _words(sent)) for reply, sent in refused]
    told = [reply.status == http.client.SERVICE_UNAVAILABLE for reply, _ in refused]
    words, slowest = f"{len(refused)} refused pages of {PHONES} phones", max(took for took, _, _ in answers)
    return [
        Row("database held 30 s: the survey opens meanwhile", reading, "", "200", "", "", reading == http.client.OK),
        Row("database held 30 s: longest wait", slowest, "s", f"<= {LONGEST}", words, "", slowest <= LONGEST),
        Row("database held 30 s: refused in words", sum(told), "", "all", words, "", all(told) and bool(told)),
        Row("database held 30 s: pages with all typed", sum(kept), "", "all", words, "", all(kept)),
        Row("database held 30 s: lost or doubled", found.lost + found.beyond, "", "0", words, "", found.fine),
    ]


def _opened(port: int, number: int) -> Sent:
    sent, page = Sent(number), insist(port, "GET", SURVEY)
    sent.cookie, sent.token = page.cookie, TOKEN.search(page.body)[1].decode()  # type: ignore[index]
    return sent


def _hold(database: Path, ready: threading.Event) -> None:
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    ready.set()
    time.sleep(HELD)
    other.execute("ROLLBACK")
    other.close()


def _press(port: int, sent: Sent, answers: list[tuple[float, Reply, Sent]]) -> None:
    """Press Send, and once more for each page that says it did not work."""
    while not sent.acknowledged:
        start = time.monotonic()
        reply = insist(port, "POST", SURVEY, sent)
        answers.append((time.monotonic() - start, reply, sent))
        sent.acknowledged = reply.status == http.client.SEE_OTHER
    sent.words.append(words_on(insist(port, "GET", f"{SURVEY}/thanks", cookie=reply.cookie).body.decode()))


def _words(sent: Sent) -> tuple[str, ...]:
    return sent.typed["area_best"], sent.typed["area_change"], 'value="very_happy" checked'
