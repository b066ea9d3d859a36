"""The ear hears first, whatever the page then says."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Blueprint, Flask, request
from sqlalchemy import event, select

from engage import create_app
from engage.accounts.guards import Who, open_to
from engage.receipts.words import hashed, issue
from engage.safeguarding import ear
from engage.safeguarding.actions import raise_alert
from engage.safeguarding.models import AlertRow
from engage.safeguarding.rules.alerts import NewAlert
from engage.shared import db
from engage.shared.errors import NotOpen
from tests.conftest import make_settings

WORRYING = "my dad hits me every night"
SECRET = "the secret of one sitting"


def make_pages(*, listening: bool = True, secret: str | None = SECRET) -> Blueprint:
    pages = Blueprint("boxes", __name__, url_prefix="/boxes")
    if listening:
        ear.listen(pages, secret=lambda: secret, place=lambda field: f"box {field}", not_sent=frozenset({"boxes.save"}))

    @pages.post("/send")
    @open_to(Who.ANYONE)
    def send() -> str:
        db.session.execute(select(AlertRow.id)).all()
        return "<title>t</title>"

    @pages.post("/refuse/<int:status>")
    @open_to(Who.ANYONE)
    def refuse(status: int) -> tuple[str, int]:
        db.session.execute(select(AlertRow.id)).all()
        if status == 409:
            raise NotOpen("closed")
        len(request.form)
        return "", status

    @pages.post("/save")
    @open_to(Who.ANYONE)
    def save() -> str:
        return ""

    return pages


@pytest.fixture
def build(tmp_path) -> Iterator[object]:
    opened = []

    def make(**how: object) -> Flask:
        app = create_app(make_settings(tmp_path))
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        app.register_blueprint(make_pages(**how))
        context = app.app_context()
        context.push()
        opened.append(context)
        db.create_tables()
        return app

    yield make
    for context in opened:
        db.session.remove()
        db.engine().dispose()
        context.pop()


def alerts() -> list[AlertRow]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(AlertRow).order_by(AlertRow.place)))


def test_what_is_sent_is_heard_and_kept_with_its_place_and_receipt(build):
    build().test_client().post("/boxes/send", data={"anything": WORRYING, "bus": "the bus is late"})
    [alert] = alerts()
    assert (alert.state, alert.kind, alert.place, alert.words) == ("raised", "hurt", "box anything", WORRYING)
    assert alert.receipt_hash == hashed(issue(SECRET))


def test_with_the_ear_off_nothing_is_kept(build):
    build(listening=False).test_client().post("/boxes/send", data={"anything": WORRYING})
    assert alerts() == []


@pytest.mark.parametrize("status", [409, 413, 422, 429, 500])
def test_a_page_that_refuses_has_heard_it_all_the_same(build, status):
    answer = build().test_client().post(f"/boxes/refuse/{status}", data={"anything": WORRYING})
    assert answer.status_code == status
    assert len(alerts()) == 1


def test_a_page_refused_for_its_form_token_has_heard_it(build):
    app = build()
    app.config["WTF_CSRF_ENABLED"] = True
    assert app.test_client().post("/boxes/send", data={"anything": WORRYING}).status_code == 422
    assert len(alerts()) == 1


def test_the_beginning_of_what_is_too_long_is_heard(build):
    long = {"anything": WORRYING + " and then" + " x" * 400_000}
    assert build().test_client().post("/boxes/refuse/422", data=long).status_code == 413
    [alert] = alerts()
    assert len(alert.words) <= 20_000


def test_sending_again_updates_the_one_alert(build):
    visitor = build().test_client()
    visitor.post("/boxes/send", data={"anything": WORRYING})
    visitor.post("/boxes/send", data={"anything": WORRYING})
    visitor.post("/boxes/send", data={"anything": "he punched me today"})
    [alert] = alerts()
    assert alert.words.startswith("he punched me today")
    assert WORRYING in alert.words


def test_the_same_box_sent_eight_times_at_once_raises_one_alert(build):
    app = build()
    with ThreadPoolExecutor(8) as pool:
        sent = pool.map(lambda _: app.test_client().post("/boxes/send", data={"anything": WORRYING}), range(8))
        assert {answer.status_code for answer in sent} == {200}
    assert len(alerts()) == 1


def test_two_boxes_of_one_sitting_raise_two_alerts(build):
    build().test_client().post("/boxes/send", data={"one": WORRYING, "two": "i want to die"})
    assert {alert.place for alert in alerts()} == {"box one", "box two"}


def test_without_a_sitting_the_same_words_are_kept_once(build):
    visitor = build(secret=None).test_client()
    visitor.post("/boxes/send", data={"anything": WORRYING})
    visitor.post("/boxes/send", data={"anything": WORRYING})
    visitor.post("/boxes/send", data={"anything": "i want to die"})
    assert [alert.receipt_hash for alert in alerts()] == [None, None]


def test_what_is_only_saved_is_not_read(build):
    build().test_client().post("/boxes/save", data={"anything": WORRYING})
    assert alerts() == []


def test_an_ordinary_page_costs_the_database_nothing(build):
    app = build()
    seen = []
    event.listen(db.engine(), "before_cursor_execute", lambda *a: seen.append(a[2]))
    app.test_client().post("/boxes/save", data={f"item_{n}": "quite_safe" for n in range(60)})
    assert seen == []


def test_the_workers_screen_updates_the_alert_that_the_ear_raised(build):
    build().test_client().post("/boxes/send", data={"anything": WORRYING})
    louder = NewAlert(f"{WORRYING} and more", "elsewhere", "anything", "abuse at home", 0.99, hashed(issue(SECRET)))
    for alert in (louder, replace(louder, item="another box")):
        raise_alert(alert, at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    db.session.commit()
    updated, other = sorted(alerts(), key=lambda alert: alert.place)
    assert (updated.place, updated.words) == ("box anything", f"{WORRYING} and more")
    assert (updated.kind, updated.score) == ("abuse at home", 0.99)
    assert other.place == "elsewhere"


def test_more_words_after_somebody_looked_make_it_wait_again(build):
    visitor = build().test_client()
    visitor.post("/boxes/send", data={"anything": WORRYING})
    [alert] = alerts()
    alert.state, alert.outcome = "closed", "signposted"
    db.session.commit()
    visitor.post("/boxes/send", data={"anything": "he hits me and i want to die"})
    [alert] = alerts()
    assert (alert.state, alert.outcome, alert.kind) == ("raised", None, "suicide")
    assert "Told where to get help" in alert.notes


def test_hears_tells_which_pages_are_heard(build):
    app = build()
    assert ear.hears(app, "boxes.send")
    assert not ear.hears(app, "boxes.save")
    assert not ear.hears(app, "public.show_home")
