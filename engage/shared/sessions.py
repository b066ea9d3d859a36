"""The signed cookie, with one signer for all requests."""

from typing import Any

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from typing_extensions import override


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


class OneSigner(SecureCookieSessionInterface):
    """Flask's own session; its signer is put together once, where Flask makes a new one twice a request."""

    def __init__(self) -> None:
        self._signers: dict[Flask, URLSafeTimedSerializer | None] = {}

    @override
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if app not in self._signers:
            self._signers[app] = made = super().get_signing_serializer(app)
            if made:
                signer = _Signer(made.secret_keys, salt=made.salt, **made.signer_kwargs)
                made.make_signer = lambda salt=None: signer  # type: ignore[method-assign]  # noqa: ARG005
        return self._signers[app]

    @override
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save it; what nobody may keep need not tell by what it varies, and a phone page is lighter by that line."""
        super().save_session(app, session, response)
        if response.headers.get("Cache-Control") == "no-store":
            response.headers.pop("Vary", None)
