"""A server in the tests' own process, for a test that moves its clock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask


class _Server(ThreadingMixIn, WSGIServer):
    """It closes what it sends also when a browser leaves half way."""

    daemon_threads = True  # a browser keeps spare connections on which it asks nothing


class _Handler(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the test reads pages."""


@contextmanager
def served_here(app: Flask) -> Iterator[str]:
    """Give the address at which this process serves `app`."""
    server = make_server("127.0.0.1", 0, app, server_class=_Server, handler_class=_Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
