"""Surveys in and out: a file of each, and one that comes in becomes a draft or is refused in a sentence."""

import json

import pytest

from engage.accounts.rules import Role
from engage.shared import db
from engage.surveys.models import DraftRow
from engage.surveys.queries.versions import versions
from engage.surveys.rules.definition import parse, to_document
from engage.surveys.rules.json_files import json_file
from engage.surveys.rules.shipped import shipped
from engage.surveys.rules.xlsform.reading import read_xlsform
from engage.surveys.rules.xlsform.writing import workbook
from tests.drafts import kept, make_draft, question
from tests.people import make_person, sign_in
from tests.rules.test_xlsform import other_tool
from tests.surveys import count, make_wave, token

FILES = "/desk/surveys/files/"


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def bring_in(voice, content, name="survey.json"):
    """Choose a file and send it, as a browser does: all in one body."""
    parts = {"csrf_token": (None, token(voice.get(FILES).text).encode()), "file": (name, content)}
    body = b""
    for field, (filename, value) in parts.items():
        named = f'; filename="{filename}"' if filename else ""
        body += f'--edge\r\nContent-Disposition: form-data; name="{field}"{named}\r\n\r\n'.encode() + value + b"\r\n"
    return voice.post(FILES, data=body + b"--edge--\r\n", content_type="multipart/form-data; boundary=edge")


def test_a_published_version_is_taken_away_and_read_back(voice):
    make_wave()
    version = versions()[0].id
    page = voice.get(f"{FILES}version/{version}").text
    assert "Rather not say" in page
    answer = voice.get(f"{FILES}version/{version}.json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=youth-v1.json"
    assert json.loads(answer.data) == json.loads(json_file(shipped("youth")))
    back = parse(read_xlsform(voice.get(f"{FILES}version/{version}.xlsx").data).document)
    assert to_document(back) == to_document(shipped("youth"))
    assert voice.get(f"{FILES}version/{version}.exe").status_code == 404
    assert voice.get(f"{FILES}version/999.json").status_code == 404


def test_a_survey_comes_in_as_a_draft_and_leaves_the_same(voice):
    answer = bring_in(voice, json_file(shipped("youth")))
    assert (answer.status_code, answer.location) == (303, "/desk/surveys/drafts/youth_2")
    assert "Read, all of it" in voice.get(answer.location).text
    back = voice.get(f"{FILES}draft/youth_2.json").data
    assert json.loads(back) == json.loads(json_file(shipped("youth"))) | {"code": "youth_2"}


def test_a_workbook_comes_in_whatever_it_is_called(voice):
    assert bring_in(voice, workbook(shipped("felt")), "form.txt").status_code == 303
    assert kept("felt_2")["title"]["en"] == "Is it better?"


def test_what_a_workbook_lost_is_listed_before_anybody_goes_on(voice):
    answer = bring_in(voice, other_tool(("text", "why", "Why?", "", ""), ("geopoint", "where", "W?", "", "")))
    assert answer.status_code == 200
    assert "Row 3, where: “geopoint” is no kind of question here" in answer.text
    assert [item["code"] for item in kept("a_survey_from_a_workbook")["sections"][0]["items"]] == ["why"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b" ", "The file is empty"),
        (b"Dear team", "“survey.json”: Line 1, character 1: this is not JSON"),
        (b'{"code": "a", "code": "b"}', "“code” stands there twice"),
        (b"[" * 400_000, "more than 40 lists"),
        (b"x" * 3_000_000, "larger than 2 MB"),
        (b"PK\x03\x04" + b"\0" * 900, "cannot be opened as a workbook"),
        (b"\xff\xfe{\0}\0", "Save it again in UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(voice, content, words):
    answer = bring_in(voice, content)
    assert answer.status_code == 422
    assert words in answer.text.replace("&#34;", '"')
    assert count(DraftRow) == 0


def test_nothing_chosen_is_asked_for_again(voice):
    assert "Choose a file" in voice.fill_in(FILES).text


def test_a_file_far_too_large_is_refused_before_it_is_read(voice):
    assert bring_in(voice, b"x" * 7_000_000).status_code == 413


def test_what_the_draft_refuses_is_told_at_the_file(voice):
    file = json.loads(json_file(shipped("felt"))) | {"languages": ["en", "xx"]}
    answer = bring_in(voice, json.dumps(file).encode())
    assert answer.status_code == 422
    assert "“survey.json”:" in answer.text
    assert count(DraftRow) == 0


def test_a_draft_that_is_not_finished_is_taken_away_too(voice):
    code = make_draft(question("a"), question("b"))
    db.session.commit()
    assert json.loads(voice.get(f"{FILES}draft/{code}.json").data)["code"] == code
    assert "As a file" in voice.get(f"/desk/surveys/drafts/{code}").text


def test_who_only_looks_is_offered_no_upload(visitor):
    reader = sign_in(visitor, make_person(Role.SCRUTINEER))
    assert "Bring one in" not in reader.get(FILES).text
