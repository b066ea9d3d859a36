"""Two tabs that send at once, and a reply that is lost, a thousand times: one response, one receipt."""

import http.client
import tempfile
import threading
from pathlib import Path

from tests.bench.serving import TOKEN
from tests.bench.table import Row
from tests.faults.killing import SURVEY, Sent, insist, installed, press
from tests.faults.looking import look

TRIALS, AT_ONCE = 1_000, 4


def rows() -> list[Row]:
    """Each trial: the reply to the first press is never read, then two tabs press at once, then one once more."""
    everybody = [Sent(number) for number in range(TRIALS)]
    with tempfile.TemporaryDirectory() as name, installed(Path(name)) as (installation, app):
        threads = [
            threading.Thread(target=_trials, args=(installation.port, everybody[start::AT_ONCE]))
            for start in range(AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = look(app, everybody)
    words = f"{TRIALS} trials, {sum(sent.posts for sent in everybody)} posts that were answered, {TRIALS} whose was not"
    said = {
        "sent twice: stored other than once": found.lost + found.beyond + found.spent + found.half,
        "sent twice: alerts other than one": found.alerts,
        "sent twice: another receipt shown": found.words,
    }
    return [Row(what, count, f"of {TRIALS}", "0", words, "", count == 0) for what, count in said.items()]


def _trials(port: int, mine: list[Sent]) -> None:
    for sent in mine:
        page = insist(port, "GET", SURVEY)
        sent.cookie, sent.token = page.cookie, TOKEN.search(page.body)[1].decode()  # type: ignore[index]
        _lose_the_reply(port, sent)
        tabs = [threading.Thread(target=press, args=(port, sent)) for _ in range(2)]
        for tab in tabs:
            tab.start()
        for tab in tabs:
            tab.join()
        press(port, sent)


def _lose_the_reply(port: int, sent: Sent) -> None:
    """Send, and hang up before anything comes back."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Cookie": sent.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", SURVEY, sent.body, headers)
    line.close()
