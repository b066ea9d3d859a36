"""A sealed file: AES-256-GCM in pieces, so that any size is read with little memory, and cut off nowhere unseen.

Each piece's nonce is its number and whether it is the last; the file's own salt makes its key.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engage.shared.errors import EngageError

MAGIC = b"ENGAGE BACKUP 1\n"
SALT, CHECK, PIECE, TAG, LENGTH = 16, 16, 2**20, 16, 4
HEADER = len(MAGIC) + SALT + CHECK


class Unreadable(EngageError):
    """A backup that cannot be used; the message says why, and nothing was changed."""


def write(target: Path, parts: Iterable[bytes], *, secret: str) -> None:
    """Seal `parts` into a file that only its owner can read."""
    salt = secrets.token_bytes(SALT)
    key = _key(secret, salt)
    cipher = AESGCM(key)
    with target.open("xb") as file:
        target.chmod(0o600)
        file.write(MAGIC + salt + _check(key))
        before: bytes | None = None
        number = 0
        for piece in _in_pieces(parts):
            if before is not None:
                _write_piece(file, cipher, before, number, last=False)
                number += 1
            before = piece
        _write_piece(file, cipher, before or b"", number, last=True)


def read(source: Path, *, secret: str) -> Iterator[bytes]:
    """Open a sealed file, piece by piece; use nothing of it before the last piece came. Raises `Unreadable`."""
    with source.open("rb") as file:
        header = file.read(HEADER)
        if len(header) < HEADER or not header.startswith(MAGIC):
            raise Unreadable(f"{source.name} is not a backup of Engage, or its beginning is lost. Nothing was changed.")
        key = _key(secret, header[len(MAGIC) : len(MAGIC) + SALT])
        if not hmac.compare_digest(header[-CHECK:], _check(key)):
            raise Unreadable(
                f"{source.name} was sealed with another key. Put the key file of that installation in place. "
                "Nothing was changed."
            )
        yield from _pieces(file, AESGCM(key), source.name)


def _pieces(file: BinaryIO, cipher: AESGCM, name: str) -> Iterator[bytes]:
    number, last = 0, False
    while not last:
        header = file.read(1 + LENGTH)
        if len(header) < 1 + LENGTH:
            raise Unreadable(f"{name} was cut off: its end is missing. Nothing was changed.")
        last = header[0] == 1
        sealed = file.read(int.from_bytes(header[1:], "big"))
        try:
            yield cipher.decrypt(_nonce(number, last=last), sealed, MAGIC)
        except InvalidTag as error:
            raise Unreadable(f"{name} is damaged: a part of it was changed or cut off. Nothing was changed.") from error
        number += 1
    if file.read(1):
        raise Unreadable(f"{name} is damaged: something was put behind its end. Nothing was changed.")


def _write_piece(file: BinaryIO, cipher: AESGCM, piece: bytes, number: int, *, last: bool) -> None:
    sealed = cipher.encrypt(_nonce(number, last=last), piece, MAGIC)
    file.write(bytes([last]) + len(sealed).to_bytes(LENGTH, "big") + sealed)


def _in_pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for part in parts:
        held += part
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    if held:
        yield bytes(held)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _key(secret: str, salt: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, b"engage backup").derive(secret.encode())


def _check(key: bytes) -> bytes:
    return hmac.new(key, b"the same key", hashlib.sha256).digest()[:CHECK]
