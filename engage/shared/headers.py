"""The headers every answer carries; one test pins the whole set."""

from functools import lru_cache
from http.client import NO_CONTENT

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


def allow_inline(*, scripts: tuple[str, ...], styles: tuple[str, ...]) -> None:
    """Let this one page run the inline scripts and styles with these CSP hashes (the phone page)."""
    g.inline_scripts, g.inline_styles = scripts, styles


def allow_opener() -> None:
    """Let the browser show this one page in the process that asked for it.

    A page cut off from whatever opened it gets a process of its own, and a cheap phone pays for that with memory and a
    later first card. Only for a page of which another site could read nothing anyway.
    """
    g.opener = True


def allow_frame() -> None:
    """Let a page of ours show this one in a frame (a preview of the phone page)."""
    g.framed = True


def _protect(response: Response) -> Response:
    if not request.path.startswith(OPEN_TO_KEEP):
        response.headers["Cache-Control"] = "no-store"
    if response.status_code == NO_CONTENT:
        return response  # no page, so nothing to protect; a phone on a thin line gets one at every few answers
    framed = g.get("framed", False)
    response.headers.extend(FIXED if g.get("opener") else FIXED | OPENER)
    if framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    policy = _policy(g.get("inline_scripts"), g.get("inline_styles"), framed=framed)
    response.headers["Content-Security-Policy"] = policy
    return response


@lru_cache(maxsize=64)
def _policy(scripts: tuple[str, ...] | None, styles: tuple[str, ...] | None, *, framed: bool) -> str:
    ours = ("'self'",)
    return POLICY.format(
        script=" ".join(scripts or ours), style=" ".join(styles or ours), framed="'self'" if framed else "'none'"
    )


def _stay_secure(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return response
