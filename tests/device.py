"""A device made of software that keeps one passkey and signs what a site asks it to, for tests without a browser."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from engage.accounts.models import PasskeyRow
from engage.shared import db

PRESENT_AND_CHECKED = 0x05


def encoded(some: bytes) -> str:
    return urlsafe_b64encode(some).rstrip(b"=").decode()


class Device:
    """Keeps a key pair; like many real ones it does not count how often it signed."""

    def __init__(self, name: str = "localhost") -> None:
        self.key, self.id, self.site = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16), name

    @property
    def public_key(self) -> bytes:
        half = self.key.public_key().public_numbers()
        return cbor2.dumps({1: 2, 3: -7, -1: 1, -2: half.x.to_bytes(32, "big"), -3: half.y.to_bytes(32, "big")})

    def is_known_for(self, person_id: int) -> None:
        """Have the site know its passkey, as after setting it up."""
        row = PasskeyRow(
            user_id=person_id, name="software", credential_id=self.id, public_key=self.public_key, backup_state=False,
            device_type="single_device", usage="first",
        )  # fmt: skip
        db.session.add(row)
        db.session.commit()

    def sign(self, challenge: str) -> str:
        """Give what a browser sends after its owner touched it; `challenge` as it stands in the page."""
        told = {"type": "webauthn.get", "challenge": challenge, "origin": f"http://{self.site}", "crossOrigin": False}
        client = json.dumps(told).encode()
        about = hashlib.sha256(self.site.encode()).digest() + bytes([PRESENT_AND_CHECKED]) + bytes(4)
        signature = self.key.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {"authenticatorData": about, "clientDataJSON": client, "signature": signature}
        answer = {name: encoded(value) for name, value in said.items()}
        return json.dumps({"id": encoded(self.id), "rawId": encoded(self.id), "type": "public-key", "response": answer})
