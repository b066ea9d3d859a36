"""The signed cookie, with one signer for all requests."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer
from typing_extensions import override


class OneSigner(SecureCookieSessionInterface):
    """Flask's own session; its signer is put together once, where Flask makes a new one twice a request."""

    def __init__(self) -> None:
        self._signers: dict[Flask, URLSafeTimedSerializer | None] = {}

    @override
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        if app not in self._signers:
            self._signers[app] = super().get_signing_serializer(app)
        return self._signers[app]

    @override
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save it; what nobody may keep need not tell by what it varies, and a phone page is lighter by that line."""
        super().save_session(app, session, response)
        if response.headers.get("Cache-Control") == "no-store":
            response.headers.pop("Vary", None)
