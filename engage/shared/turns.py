"""One page at a time for each web process: threads that all want Python at once only slow each other down."""

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATIENCE = 0.05  # seconds; after that a page goes on beside the other, so that a slow one holds nobody up for long
READ_FIRST = 64 * 1024  # bytes; a whole survey fits


class TakeTurns:
    """Let the pages of this process follow one another; the lock guards nothing by itself.

    What a phone sends is read before its page takes a turn: a thin line keeps a thread, and nobody else.
    """

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app
        self._turn = threading.Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        _read_what_was_sent(environ)
        mine = self._turn.acquire(timeout=PATIENCE)
        try:
            return self.app(environ, start_response)
        finally:
            if mine:
                self._turn.release()


def _read_what_was_sent(environ: "WSGIEnvironment") -> None:
    size = environ.get("CONTENT_LENGTH") or ""
    if size.isdecimal() and 0 < int(size) <= READ_FIRST:
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(size)))
