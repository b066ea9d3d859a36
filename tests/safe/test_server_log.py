"""What the real web server writes down when somebody sends what no browser sends: never their address."""

import os
import socket
import subprocess
import sys
import time

import pytest

from engage.cli.serving import WEB
from tests.bench.serving import STOPS_IN, free_port, wait_for
from tests.bench.table import PROJECT
from tests.safe.conftest import settings_of

BROKEN = b"GET / HTTP/1.1\r\nHost: x\r\nBad Header\x00: 1\r\n\r\n"


def said_by_the_server(app, folder):
    """Serve an app, send it a broken request, and give its whole log."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"127.0.0.1:{port}", *WEB, *STOPS_IN]
    command += ["--log-level", "warning", "--chdir", str(PROJECT)]
    environment = {**os.environ, "ENGAGE_FOLDER": str(folder), "PYTHONPATH": str(PROJECT)}
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stderr=log)
        try:
            wait_for(port)
            with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
                line.sendall(BROKEN)
                assert line.recv(100).startswith(b"HTTP/1.1 400")
            end = time.monotonic() + 20
            while not (folder / "log").read_text() and time.monotonic() < end:
                time.sleep(0.05)
        finally:
            server.terminate()
            server.wait(20)
    return (folder / "log").read_text()


@pytest.mark.parametrize(
    ("app", "named"), [("wsgi:app", False), ("werkzeug.testapp:test_app", True)], ids=["ours", "control: a bare app"]
)
def test_a_broken_request_is_logged_without_an_address(tmp_path, app, named):
    settings_of(tmp_path)
    log = said_by_the_server(app, tmp_path)
    assert ("127.0.0.1" in log) is named
    assert ("a request that nobody could read was refused" in log) is not named
