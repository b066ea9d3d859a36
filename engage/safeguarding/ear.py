"""Hear a young person's words before anything can refuse the page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from flask import Blueprint, Flask, current_app, request
from flask.blueprints import BlueprintSetupState

from engage.receipts.words import hashed, issue, without_receipt
from engage.safeguarding.actions.alerts import keep_gathered, keep_heard
from engage.safeguarding.rules.alerts import MOST_ALONE, NewAlert
from engage.safeguarding.rules.hearing import Heard, around, heard, net
from engage.shared import db, throttle
from engage.shared.clock import now
from engage.shared.forms import clean

NOT_WORDS = frozenset({"csrf_token"})
RECEIPT_BOX = "words"
Secret = Callable[[], str | bytes | None]


@dataclass(frozen=True)
class _Ear:
    secret: Secret
    place: Callable[[str], str]
    not_sent: frozenset[str]
    holder: Callable[[], bytes | None] | None


def listen(
    pages: Blueprint,
    *,
    secret: Secret,
    place: Callable[[str], str],
    not_sent: frozenset[str] = frozenset(),
    holder: Callable[[], bytes | None] | None = None,
) -> None:
    """Hear every form value sent to `pages`, the endpoints in `not_sent` apart; keep an alert whatever the page says.

    `secret` gives the sitting's secret, or the hash of its receipt where the sitting was begun on another phone (one
    alert for each box of a sitting); `place` says in words where a box stands.
    Where there is no sitting, `holder` may give the hash of a receipt that is known (one alert for each message).
    With neither, no more than `MOST_ALONE` alerts stand alone: what comes in a flood is gathered, and nothing is lost.
    All three are called only when something was heard, before the page's own first statement.
    """
    ear = _Ear(secret, place, not_sent, holder)
    net()
    pages.record(lambda state: _remember(state, ear))
    pages.url_value_preprocessor(_hear)  # runs before every check, the one against forged forms too


def expect_receipts(pages: Blueprint, endpoints: frozenset[str]) -> None:
    """Keep the words of a receipt out of any alert: their box on these pages is heard, and copied without them."""
    pages.record(lambda state: _receipt_pages(state.app.extensions).update(endpoints))


def hears(app: Flask, endpoint: str) -> bool:
    """True when what is posted to `endpoint` is heard before any check."""
    ear = _ears(app.extensions).get(endpoint.rpartition(".")[0])
    return ear is not None and endpoint not in ear.not_sent


def _remember(state: BlueprintSetupState, ear: _Ear) -> None:
    _ears(state.app.extensions)[state.blueprint.name] = ear


def _ears(extensions: dict[str, Any]) -> dict[str, _Ear]:
    ears: dict[str, _Ear] = extensions.setdefault("ears", {})
    return ears


def _receipt_pages(extensions: dict[str, Any]) -> set[str]:
    endpoints: set[str] = extensions.setdefault("pages with a receipt box", set())
    return endpoints


def _hear(endpoint: str | None, _values: object) -> None:
    if request.method != "POST":
        return
    ear = _ears(current_app.extensions)[str(endpoint).rpartition(".")[0]]
    if endpoint in ear.not_sent:
        return
    sent = list(_sent())
    judged = {words: heard(words) for words in {words for _, words in sent}}  # most boxes hold one of a few options
    if any(judged.values()):
        _keep(ear, [(field, words, what) for field, words in sent if (what := judged[words])])


def _sent() -> Iterator[tuple[str, str]]:
    fields = _beginning() if _too_long() else request.form.items(multi=True)
    return ((field, words) for field, words in fields if field not in NOT_WORDS)


def _too_long() -> bool:
    return (request.content_length or 0) > (request.max_content_length or float("inf"))


def _beginning() -> Iterator[tuple[str, str]]:
    """Read the beginning of what is too long to take: the page will refuse it, what it says is heard all the same."""
    begun: bytes = request.environ["wsgi.input"].read(request.max_content_length)
    return iter(parse_qsl(begun.decode("utf-8", "replace"), errors="replace"))


def _keep(ear: _Ear, found: list[tuple[str, str, Heard]]) -> None:
    secret = ear.secret()
    sitting = hashed(issue(secret)) if isinstance(secret, str) else secret
    receipt = sitting or (ear.holder() if ear.holder else None)
    alerts = [
        NewAlert(clean(_copied(field, words, what)), ear.place(field), field, what.kind, what.score, receipt)
        for field, words, what in found
    ]
    db.session.rollback()  # whatever was looked up above must not hold the writer up
    came = 0 if receipt else throttle.count("heard alone", who="anybody", times=len(alerts))
    with db.apart() as own:
        for number, alert in enumerate(alerts, came):
            if receipt or number < MOST_ALONE:
                keep_heard(own, alert, at=now(), same_box=bool(sitting))
            else:
                keep_gathered(own, alert, at=now())


def _copied(field: str, words: str, what: Heard) -> str:
    with_receipt = field == RECEIPT_BOX and request.endpoint in _receipt_pages(current_app.extensions)
    return without_receipt(around(words, what), but=what.phrase) if with_receipt else around(words, what)
