"""Pictures that show what an agency did: checked by content, made anew, sealed, opened only by those who may."""

from io import BytesIO

import pytest
import time_machine
from PIL import Image
from sqlalchemy import text

from engage.shared import db, wanted
from engage.shared.errors import NotValid
from engage.worker.child import run_all_wanted
from engage.youwesaid.actions import file as files
from engage.youwesaid.jobs.files import made_anew
from engage.youwesaid.models import EvidenceFileRow
from engage.youwesaid.rules.files import LARGEST, MOST, kind_of, name_of
from tests.people import sign_in
from tests.pictures import HIDDEN, make_jpeg, make_png
from tests.youwesaid import TODAY, make_action, make_concern, make_team


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def team(database):
    return make_team()


def send(visitor, action_id, content, name="Road before (1).jpg"):
    page = f"/desk/actions/{action_id}"
    return visitor.fill_in(page, f"{page}/files", picture=(BytesIO(content), name))


def only() -> EvidenceFileRow:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(EvidenceFileRow).one()


def clean(visitor) -> None:
    db.session.rollback()
    run_all_wanted(visitor.application)


def test_a_picture_is_made_anew_and_then_opened_by_those_who_may_see_the_action(team, visitor):
    action_id = make_action(team)
    sign_in(visitor, team["council"])
    assert send(visitor, action_id, make_jpeg()).status_code == 303
    path = f"/desk/files/{only().id}"
    assert visitor.get(path).status_code == 404, "nobody opens what was not cleaned"
    assert "is being made anew" in visitor.get(f"/desk/actions/{action_id}").text
    clean(visitor)
    for who in ("council", "colleague", "pqa", "council_pqa", "voice", "scrutineer"):
        opened = sign_in(visitor, team[who]).get(path)
        assert opened.status_code == 200, who
        assert opened.headers["Content-Disposition"] == 'attachment; filename="Road before (1).jpeg"'
        assert (opened.headers["X-Content-Type-Options"], opened.mimetype) == ("nosniff", "image/jpeg")
        assert opened.headers["Cache-Control"] == "no-store"
    assert HIDDEN.encode() not in opened.data
    for who, status in (("police", 404), ("lead", 403), ("first", 403)):
        assert sign_in(visitor, team[who]).get(path).status_code == status, who


@pytest.mark.parametrize("sent", [make_jpeg(), make_png()], ids=["jpeg", "png"])
def test_nothing_is_left_in_a_picture_but_its_pixels(sent):
    assert HIDDEN.encode() in sent, "the control: it was in there"
    clean = made_anew(sent, kind_of(sent))
    assert HIDDEN.encode() not in clean
    assert b"hidden behind" not in clean
    with Image.open(BytesIO(clean)) as picture:
        assert (dict(picture.getexif()), picture.info.get("comment"), getattr(picture, "text", {})) == ({}, None, {})
        assert picture.size == ((40, 40) if kind_of(sent) == "png" else (20, 40)), "turned as the camera said"
        assert ("A" in picture.getbands()) == (kind_of(sent) == "png")


def test_a_large_picture_is_made_smaller_and_a_broken_one_refused():
    with Image.open(BytesIO(made_anew(make_png(side=3000, tall=20), "png"))) as picture:
        assert picture.size == (2400, 16)
    for broken in (make_png()[:60], make_jpeg()[:30], b"\x89PNG\r\n\x1a\n" + b"x" * 200):
        with pytest.raises(NotValid):
            made_anew(broken, kind_of(broken))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a picture|empty"),
        (b"%PDF-1.7 a letter", "We take pictures only"),
        (b"PK\x03\x04 a document", "We take pictures only"),
        (b"<svg onload=alert(1)>", "not a picture we know"),
        (b"GIF89a", "not a picture we know"),
    ],
    ids=["empty", "pdf", "document", "svg", "gif"],
)
def test_what_is_no_picture_is_refused_in_a_sentence_whatever_its_name(team, visitor, content, said):
    action_id = make_action(team)
    sign_in(visitor, team["council"])
    refused = send(visitor, action_id, content, "photo.jpg")
    assert refused.status_code == 422
    assert any(words in refused.text for words in said.split("|"))
    assert db.session.query(EvidenceFileRow).count() == 0
    assert visitor.fill_in(f"/desk/actions/{action_id}", f"/desk/actions/{action_id}/files").status_code == 422


def test_more_than_five_megabytes_are_refused():
    assert kind_of(b"\xff\xd8\xff" + b"x" * (LARGEST - 3)) == "jpeg"
    with pytest.raises(NotValid, match="larger than 5 MB"):
        kind_of(b"\xff\xd8\xff" + b"x" * LARGEST)


def test_a_broken_picture_says_why_and_is_kept_nowhere(team, visitor):
    action_id = make_action(team)
    files.add(action_id, name="x.png", content=make_png()[:60], by=team["council"], today=TODAY)
    db.session.commit()
    clean(visitor)
    assert (only().state, only().content) == ("refused", None)
    sign_in(visitor, team["council"])
    assert "it may be broken" in visitor.get(f"/desk/actions/{action_id}").text
    assert wanted.waiting() == []


def test_another_agency_adds_nothing_and_takes_nothing_away(team, visitor):
    concern_id = make_concern(team)
    action_id, own = (make_action(team, of=who, concern_id=concern_id) for who in ("council", "police"))
    files.add(action_id, name="x.png", content=make_png(), by=team["council"], today=TODAY)
    db.session.commit()
    sign_in(visitor, team["police"])
    away = f"/desk/files/{only().id}/remove"
    assert visitor.fill_in(f"/desk/actions/{own}", away).status_code == 404
    to = f"/desk/actions/{action_id}/files"
    assert visitor.fill_in(f"/desk/actions/{own}", to, picture=(BytesIO(make_png()), "x.png")).status_code == 404
    sign_in(visitor, team["council"])
    assert visitor.fill_in(f"/desk/actions/{action_id}", away).status_code == 303
    assert db.session.query(EvidenceFileRow).count() == 0


def test_there_is_room_for_ten_and_only_while_something_is_done(team, visitor):
    concern_id = make_concern(team)
    asked, agreed = (make_action(team, agreed=way, concern_id=concern_id) for way in (False, True))
    sign_in(visitor, team["council"])
    assert send(visitor, asked, make_png()).status_code == 409
    for _ in range(MOST):
        files.add(agreed, name="x.png", content=make_png(), by=team["council"], today=TODAY)
    db.session.commit()
    full = send(visitor, agreed, make_png())
    assert (full.status_code, "ten files already" in full.text) == (422, True)


def test_a_file_lies_sealed_in_the_database_and_is_forgotten_after_three_years(team):
    sent = make_png()
    files.add(make_action(team), name="secret name.png", content=sent, by=team["council"], today=TODAY)
    db.session.commit()
    name, content = db.session.execute(text("SELECT name, content FROM evidence_file")).one()
    assert b"secret" not in bytes(name)
    assert sent[:30] not in bytes(content)
    assert only().content == sent
    assert (files.forget_files(TODAY), db.session.query(EvidenceFileRow).count()) == (0, 1)
    assert files.forget_files(TODAY.replace(day=24)) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\photos\\yard.PNG", "yard.png"),
        ('a"b\r\nc.png', "a-b--c.png"),
        ("🙂.png", "picture.png"),
        ("", "picture.png"),
        ("صورة.png", "صورة.png"),
    ],
)
def test_a_name_is_safe_to_save_under(typed, name):
    assert name_of(typed, "png") == name


def test_only_a_picture_of_somebody_signed_in_may_be_larger_than_what_people_type(team, app, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    action_id = make_action(team)
    page, much = f"/desk/actions/{action_id}", b"x" * 200_000
    assert visitor.post(f"{page}/files", data={"picture": (BytesIO(much), "x.png")}).status_code == 413
    sign_in(visitor, team["council"])
    assert visitor.fill_in(page, f"{page}/claim", evidence="x" * 200_000).status_code == 413
    assert send(visitor, action_id, make_png() + much).status_code == 303
