"""The signed cookie, with one signer for all requests."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
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
