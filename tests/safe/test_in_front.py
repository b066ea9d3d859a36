"""What nginx, set up as docs/deploy/nginx.conf says, writes down of a young person: nothing, whatever happens behind it."""

import http.client
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.bench.serving import free_port, served, wait_for
from tests.bench.table import PROJECT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
NAME = "voice.example.gov.uk"
WORDS, AGENT, PLACE = "the dark path behind the station", "a-phone-of-its-own", "/s/a-secret-survey"
# As Debian's own nginx.conf has it: whatever is not switched off is written down.
AROUND = """
pid {folder}/pid; error_log {folder}/error.log; events {{ }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  access_log {folder}/access.log; gzip on;
  {site}
}}
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate of our own, under the names the file asks for."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    signed = made.sign(key, hashes.SHA256())
    (folder / "fullchain.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder


@contextmanager
def in_front(folder: Path, certificate: Path, behind: int, *, by_default: bool) -> Iterator[int]:
    """Run nginx before the port `behind`, on this machine only; `by_default` leaves its logs as they come."""
    if NGINX is None:
        pytest.skip("no nginx here: the Debian package `nginx-light` brings it")
    port = free_port()
    site = (PROJECT / "docs" / "deploy" / "nginx.conf").read_text()
    changes = {
        "listen 443": f"listen 127.0.0.1:{port}",
        "listen 80": f"listen 127.0.0.1:{free_port()}",
        "/etc/ssl/engage": str(certificate),
        "/var/log/nginx": str(folder),
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
    } | ({"access_log off;": "", f"error_log {folder}/engage.log emerg;": ""} if by_default else {})
    for before, after in changes.items():
        assert before in site
        site = site.replace(before, after)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, site=site))
    command = [NGINX, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    server = subprocess.Popen(command)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def sent(port: int, **headers: str) -> tuple[int, str]:
    """Post something as a phone would; give the status and what came back."""
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # the certificate is our own
    with closing(http.client.HTTPSConnection("127.0.0.1", port, timeout=20, context=trusting)) as line:
        line.request("POST", PLACE, WORDS, {"Host": NAME, "User-Agent": AGENT, **headers})
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def written(folder: Path) -> str:
    return " ".join(file.read_text("utf-8", "replace") for file in folder.rglob("*") if file.suffix == ".log")


@pytest.mark.parametrize("by_default", [False, True], ids=["ours", "control: logs as they come"])
def test_nginx_writes_down_neither_who_nor_what(tmp_path, certificate, by_default):
    with served("werkzeug.testapp:test_app", {}) as server:
        behind = server.port
        with in_front(tmp_path, certificate, behind, by_default=by_default) as port:
            assert sent(port)[0] == http.client.OK
            server.process.terminate()
            server.process.wait(20)
            assert sent(port)[0] == http.client.BAD_GATEWAY
            assert sent(port, **{"Content-Length": "7000000"})[0] == http.client.REQUEST_ENTITY_TOO_LARGE
    found = [word in written(tmp_path) for word in (PLACE, AGENT, "connect() failed")]
    assert found == [by_default] * 3
    assert WORDS not in written(tmp_path)


def test_nginx_says_who_asks_and_believes_nobody_who_says_it_themselves(tmp_path, certificate):
    with (
        served("werkzeug.testapp:test_app", {}) as server,
        in_front(tmp_path, certificate, server.port, by_default=False) as port,
    ):
        status, page = sent(port, **{"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Host": "elsewhere.example"})
    assert status == http.client.OK
    assert "198.51.100.7" not in page
    assert "elsewhere.example" not in page
    assert page.count(NAME) >= 2
