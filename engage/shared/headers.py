"""The headers every answer carries; one test pins the whole set."""

from dataclasses import dataclass, replace
from functools import lru_cache
from http.client import NO_CONTENT
from typing import Any

from flask import Flask, Response, g, request

FEATURES = ("camera", "display-capture", "geolocation", "microphone", "usb")
FIXED = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ",".join(f"{feature}=()" for feature in FEATURES),
}
OPENER = {"Cross-Origin-Opener-Policy": "same-origin"}
YEAR = 365 * 24 * 60 * 60  # seconds
OPEN_TO_KEEP = ("/you-said-we-did", "/static/")
POLICY = (
    "default-src 'self';script-src {script};style-src {style};img-src 'self' data:;object-src 'none';"
    "base-uri 'none';form-action 'self';frame-ancestors {framed}"
)


def init_app(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(_protect)
    if app.config["SESSION_COOKIE_SECURE"]:
        app.after_request(_stay_secure)


@dataclass(frozen=True)
class _Page:
    """What this one page may: run inline what has these CSP hashes, keep its opener, stand in a frame."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    opener: bool = False
    framed: bool = False


PLAIN = _Page()


def allow_inline(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> None:
    """Let this one page run the inline scripts and styles with these CSP hashes (the phone page)."""
    _allow(scripts=scripts, styles=styles)


def allow_opener() -> None:
    """Let the browser show this one page in the process that asked for it.

    A page cut off from whatever opened it gets a process of its own, and a cheap phone pays for that with memory and a
    later first card. Only for a page of which another site could read nothing anyway.
    """
    _allow(opener=True)


def allow_frame() -> None:
    """Let a page of ours show this one in a frame (a preview of the phone page)."""
    _allow(framed=True)


def _allow(**what: Any) -> None:
    g.page_may = replace(g.get("page_may", PLAIN), **what)


def _protect(response: Response) -> Response:
    if not request.path.startswith(OPEN_TO_KEEP):
        response.headers["Cache-Control"] = "no-store"
    if response.status_code != NO_CONTENT:  # no page, so nothing to protect; a phone on a thin line gets many of them
        response.headers.extend(_headers(g.get("page_may", PLAIN)))
    return response


@lru_cache(maxsize=64)
def _headers(page: _Page) -> dict[str, str]:
    ours = ("'self'",)
    policy = POLICY.format(
        script=" ".join(page.scripts or ours),
        style=" ".join(page.styles or ours),
        framed="'self'" if page.framed else "'none'",
    )
    opener = {} if page.opener else OPENER
    frame = {"X-Frame-Options": "SAMEORIGIN"} if page.framed else {}
    return FIXED | opener | frame | {"Content-Security-Policy": policy}


def _stay_secure(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return response
