"""The signed cookie, with one signer for all requests."""

from typing import Any

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import TimestampSigner, URLSafeTimedSerializer, base64_encode, want_bytes
from typing_extensions import override

WORTH_PACKING = 200  # bytes


class _Signer(TimestampSigner):
    """The library's own; it derives each key once, where the library does for each cookie."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._derived: dict[str | bytes | None, bytes] = {}

    @override
    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        if secret_key not in self._derived:
            self._derived[secret_key] = super().derive_key(secret_key)
        return self._derived[secret_key]


class _Cookies(URLSafeTimedSerializer):
    """Writes what the library's own reads, with one signer; what is short is not tried to be made shorter."""

    def __init__(self, like: URLSafeTimedSerializer) -> None:
        super().__init__(like.secret_keys, salt=like.salt, serializer=like.serializer, signer_kwargs=like.signer_kwargs)
        self._signer = _Signer(self.secret_keys, salt=self.salt, **self.signer_kwargs)

    @override
    def make_signer(self, salt: str | bytes | None = None) -> TimestampSigner:
        return self._signer

    @override
    def dump_payload(self, obj: Any) -> bytes:
        plain = want_bytes(self.serializer.dumps(obj))
        return base64_encode(plain) if len(plain) < WORTH_PACKING else super().dump_payload(obj)


class OneSigner(SecureCookieSessionInterface):
    """Flask's own session; its signer is put together once, where Flask makes a new one twice a request."""

    def __init__(self) -> None:
        self._signers: dict[Flask, URLSafeTimedSerializer | None] = {}

    @override
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if app not in self._signers:
            made = super().get_signing_serializer(app)
            self._signers[app] = made and _Cookies(made)
        return self._signers[app]

    @override
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save it; what nobody may keep need not tell by what it varies, and a phone page is lighter by that line."""
        kept = response.headers.get("Cache-Control") != "no-store"
        session.accessed = session.accessed and kept
        super().save_session(app, session, response)
        if not kept:
            response.headers.pop("Vary", None)
