"""Seal personal words with keys that are not in the database, and hash what must only be recognised."""

import hmac
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from engage.settings import ARGON2ID, Settings, WrongSettings, read_keys

LOST = "[this text can no longer be opened]"
STEP = 256  # bytes: words of a column fill steps, so that the length of a token leads from nothing to anything
FILL = b"\xff"  # no byte of UTF-8
LOOKS = 5.0  # seconds between two looks at the key file


@dataclass
class _Seals:
    """The keys of this process; a key that was added to the key file is known within `LOOKS`, without a restart."""

    key_file: str
    kept: dict[str, MultiFernet]
    looked: float = 0.0
    changed: int = 0  # when the key file was last changed, as its folder tells

    def current(self) -> dict[str, MultiFernet]:
        if self.key_file and time.monotonic() - self.looked > LOOKS:
            self.look()
        return self.kept

    def look(self) -> bool:
        """Read the key file where it was changed, and answer whether it was; one nobody can read changes nothing."""
        if not self.key_file:
            return False
        self.looked = time.monotonic()
        try:
            changed = Path(self.key_file).stat().st_mtime_ns
            if changed == self.changed:
                return False
            keys = read_keys(Path(self.key_file))
            self.kept = _opened(keys["personal_keys"], keys["contact_keys"])
        except (OSError, ValueError, WrongSettings):
            return False
        self.changed = changed
        return True


def init_app(app: Flask, settings: Settings) -> None:
    """Read the keys; the newest key is first and seals, all of them open."""
    app.extensions["seals"] = _Seals(settings.key_file, _opened(settings.personal_keys, settings.contact_keys))
    app.extensions["receipt_key"] = settings.receipt_key.encode()


def seal(words: str, *, key: str = "personal", step: int = 0) -> bytes:
    """Seal `words`; the token tells no time, and of their length only how many steps of `step` bytes they fill."""
    plain = words.encode("utf-8", "replace")
    return _seals(key).encrypt_at_time(plain + FILL * (step - len(plain) % step if step else 0), 0)


def unseal(token: bytes, *, key: str = "personal") -> str:
    """Open a token, filled or not; one no key opens reads `LOST`, so that one bad row never hides the others."""
    opened = _open(token, key)
    return LOST if opened is None else opened.rstrip(FILL).decode()


def keyed(purpose: str, message: bytes) -> bytes:
    """Give 32 bytes that only this installation can make from `message`, different for each purpose."""
    key: bytes = current_app.extensions["receipt_key"]
    return hmac.digest(key, purpose.encode() + b"\0" + message, "sha256")


def hashes_receipts_by_argon2id() -> bool:
    """Answer which slow hash belongs to this installation's receipts: its key says so, and older keys mean scrypt."""
    key: bytes = current_app.extensions["receipt_key"]
    return key.startswith(ARGON2ID.encode())


class Sealed(TypeDecorator[str]):
    """A column of personal words: text in Python, a sealed token in the database, as long as many others are."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, key: str = "personal") -> None:
        super().__init__()
        self.key = key

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else seal(value, key=self.key, step=STEP)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else unseal(bytes(value), key=self.key)


class SealedFile(TypeDecorator[bytes]):
    """A column of a file's bytes, sealed like personal words; what no key opens reads as nothing."""

    impl = LargeBinary
    cache_ok = True

    @override
    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else _seals("personal").encrypt_at_time(value, 0)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else _open(bytes(value), "personal")


def _open(token: bytes, key: str) -> bytes | None:
    """Open a token; one that no key opens may have been sealed a moment ago, with a key this process does not know."""
    try:
        return _seals(key).decrypt(token)
    except InvalidToken:
        seals: _Seals = current_app.extensions["seals"]
        if not seals.look():
            return None
    try:
        return _seals(key).decrypt(token)
    except InvalidToken:
        return None


def _seals(key: str) -> MultiFernet:
    seals: _Seals = current_app.extensions["seals"]
    return seals.current()[key]


def _opened(personal: Sequence[str], contact: Sequence[str]) -> dict[str, MultiFernet]:
    return {
        "personal": MultiFernet([Fernet(key) for key in personal]),
        "contact": MultiFernet([Fernet(key) for key in contact]),
    }
