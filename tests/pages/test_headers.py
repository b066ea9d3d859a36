"""The headers every answer carries: the whole set is pinned here, so that nobody loosens one by accident."""

import pytest

FEATURES = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
EVERYWHERE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
}


@pytest.mark.parametrize("path", ["/", "/help", "/receipt", "/no-such-page", "/you-said-we-did/", "/sign-in"])
def test_every_page_carries_the_whole_set(visitor, path):
    headers = visitor.get(path).headers
    assert {name: headers.get(name) for name in EVERYWHERE} == EVERYWHERE


@pytest.mark.parametrize("path", ["/", "/help", "/receipt", "/sign-in"])
def test_nothing_of_a_private_page_stays_on_the_device(visitor, path):
    assert visitor.get(path).headers["Cache-Control"] == "no-store"


def test_the_only_cookie_is_the_sessions_and_no_script_reads_it(visitor):
    cookies = visitor.get("/receipt").headers.getlist("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["engage"]
    assert "HttpOnly" in cookies[0]
    assert "SameSite=Lax" in cookies[0]


def test_styles_are_kept_under_an_address_that_names_their_content(visitor):
    page = visitor.get("/help").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = visitor.get(address)
    answer.close()
    assert "?v=" in address
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
