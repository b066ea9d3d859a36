"""A real mail server, and a small GOV.UK Notify, for tests: what leaves the house is all that is not ours."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import Message
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as KeepsMessages
from flask import Flask

from engage import create_app
from engage.settings import Post, Settings

UNKNOWN, BUSY = "nobody@example.org", "busy@example.org"


class Mailbox(KeepsMessages):
    """Keeps what it is sent; one address it does not know, and one whose box is busy."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Message] = []
        self.greeted = threading.Event()
        self.slow = 0.0  # seconds it takes to say hello

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        self.greeted.set()
        time.sleep(self.slow)
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802
        if address == UNKNOWN:
            return "550 no such box"
        if address == BUSY:
            return "450 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    def handle_message(self, message: Message) -> None:
        self.letters.append(message)


@dataclass
class Server:
    """A mail server that can be stopped and started again on the same port."""

    mailbox: Mailbox = field(default_factory=Mailbox)
    port: int = 0
    _running: Any = None

    def start(self) -> None:
        self._running = Controller(self.mailbox, hostname="127.0.0.1", port=self.port or _free_port())
        self._running.start()
        self.port = self._running.port

    def stop(self) -> None:
        if self._running:
            self._running.stop()
        self._running = None

    @property
    def post(self) -> Post:
        return Post(
            smtp_host="127.0.0.1", smtp_port=self.port, smtp_security="none", smtp_from="Engage <voice@example.org>"
        )


def _free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as taken:
        return int(taken.server_address[1])


@contextmanager
def mail_server() -> Iterator[Server]:
    server = Server()
    server.start()
    try:
        yield server
    finally:
        server.stop()


def installed(app: Flask, post: Post) -> Flask:
    """The same installation, no demo, with these ways to send letters."""
    return _built(replace(app.extensions["settings"], demo=False, post=post, address="https://voice.example.org"))


@cache
def _built(settings: Settings) -> Flask:
    """Built once for the tests of one mail server: five hundred addresses take half a second to compile."""
    return create_app(settings)


class NotifyDesk(BaseHTTPRequestHandler):
    """Takes what GOV.UK Notify's own client sends, keeps it, and knows what it has."""

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.answers:
            self._say(self.server.answers.pop(0), {"errors": [{"error": "Error", "message": "no"}]})
        else:
            self.server.taken.append((self.path.rpartition("/")[2], said))
            self._say(201, {"id": "1"})

    def do_GET(self) -> None:
        reference = self.path.rpartition("reference=")[2]
        known = [said for _, said in self.server.taken if said["reference"] == reference]
        self._say(200, {"notifications": known})

    def _say(self, status: int, body: object) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def notify() -> Iterator[tuple[Post, Any]]:
    """What to set, and the server: `taken` is what it took, `answers` the statuses it gives before that."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), NotifyDesk)
    server.taken, server.answers = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    key = "engage-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"
    url = f"http://127.0.0.1:{server.server_address[1]}"
    yield Post(notify_key=key, notify_email_template="e", notify_text_template="t", notify_url=url), server
    server.shutdown()
    server.server_close()
