"""A small OpenID Connect provider, as a process of its own: `python -m tests.provider`; it prints its address.

It knows one person, asks nothing, and tells lies on demand (`/set?fault=...`), as a stolen or broken one would.
"""

import hashlib
import json
import sys
import time
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "engage", "a secret of the two"
KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
LIES = {
    "audience": {"aud": "another-client"},
    "issuer": {"iss": "https://elsewhere.example.org"},
    "late": {"exp": 1},
    "nonce": {"nonce": "of another sign-in"},
    "unverified": {"email_verified": False},
    "unsaid": {"email_verified": None},
    "nobody": {"email": ""},
    "party": {"azp": "another-client"},
}
told = {"fault": "", "email": "", "amr": ""}
codes: dict[str, dict[str, str]] = {}


class Provider(BaseHTTPRequestHandler):
    """Answers as a provider would."""

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(at.query, keep_blank_values=True).items()}
        if at.path == "/set":
            told.update({"fault": "", "amr": "", **asked})
            self._say({})
        elif at.path == "/authorize":
            self._send_back(asked)
        elif at.path == "/keys":
            self._say({"keys": [{**RSAAlgorithm.to_jwk(KEYS[0].public_key(), as_dict=True), "kid": "1", "use": "sig"}]})
        else:
            home = "https://elsewhere.example.org" if told["fault"] == "home" else self.home
            pages = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            self._say({"issuer": home, **{name: self.home + path for name, path in pages.items()}})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        begun = codes.pop(sent["code"][0], None)
        proof = urlsafe_b64encode(hashlib.sha256(sent["code_verifier"][0].encode()).digest()).rstrip(b"=").decode()
        if begun is None or sent["client_secret"] != [SECRET] or proof != begun["code_challenge"]:
            self._say({"error": "invalid_grant"}, 400)
            return
        self._say({"access_token": "x", "token_type": "Bearer", "id_token": self._token(begun["nonce"])})

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def _send_back(self, asked: dict[str, str]) -> None:
        code = f"code-{len(codes)}-{time.monotonic_ns()}"
        codes[code] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")
        self.end_headers()

    def _token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.home, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 60, "nonce": nonce,
            "email": told["email"], "email_verified": True, "amr": told["amr"].split(), **LIES.get(told["fault"], {}),
        }  # fmt: skip
        if told["fault"] == "unsigned":
            return jwt.encode(claims, None, "none", headers={"kid": "1"})
        return jwt.encode(claims, KEYS[told["fault"] == "key"], "RS256", headers={"kid": "1"})

    def _say(self, what: object, status: int = 200) -> None:
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(what).encode())

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}\n")
    sys.stdout.flush()
    server.serve_forever()
