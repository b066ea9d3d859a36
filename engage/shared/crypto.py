"""Seal personal words with keys that are not in the database, and hash what must only be recognised."""

import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import Flask, current_app
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

from engage.settings import Settings

LOST = "[this text can no longer be opened]"


def init_app(app: Flask, settings: Settings) -> None:
    """Read the keys once; the newest key is first and seals, all of them open."""
    app.extensions["seals"] = {
        "personal": MultiFernet([Fernet(key) for key in settings.personal_keys]),
        "contact": MultiFernet([Fernet(key) for key in settings.contact_keys]),
    }
    app.extensions["receipt_key"] = settings.receipt_key.encode()


def seal(words: str, *, key: str = "personal") -> bytes:
    """Seal `words`; the token tells no time."""
    return _seals(key).encrypt_at_time(words.encode("utf-8", "replace"), 0)


def unseal(token: bytes, *, key: str = "personal") -> str:
    """Open a token; a token no key opens reads `LOST`, so that one bad row never hides the others."""
    try:
        return _seals(key).decrypt(token).decode()
    except InvalidToken:
        return LOST


def keyed(purpose: str, message: bytes) -> bytes:
    """Give 32 bytes that only this installation can make from `message`, different for each purpose."""
    key: bytes = current_app.extensions["receipt_key"]
    return hmac.new(key, purpose.encode() + b"\0" + message, hashlib.sha256).digest()


class Sealed(TypeDecorator[str]):
    """A column of personal words: text in Python, a sealed token in the database."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, key: str = "personal") -> None:
        super().__init__()
        self.key = key

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else seal(value, key=self.key)

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
        try:
            return None if value is None else _seals("personal").decrypt(bytes(value))
        except InvalidToken:
            return None


def _seals(key: str) -> MultiFernet:
    seals: MultiFernet = current_app.extensions["seals"][key]
    return seals
