"""A survey as a JSON file: it reads back the same, and a broken or hostile one is told where and why."""

import copy
import json
import time

import pytest
from hypothesis import given, settings

from engage.surveys.rules.definition import BrokenDefinition, parse
from engage.surveys.rules.items import Kind
from engage.surveys.rules.json_files import LARGEST, json_file, read_json
from engage.surveys.rules.reach import unreachable
from engage.surveys.rules.shipped import CODES, shipped
from tests.definitions import documents
from tests.survey_schema import FILE, schema, wrong


def file_of(document):
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.fixture
def document():
    return copy.deepcopy(json.loads(json_file(shipped("felt"))))


@pytest.fixture
def item(document):
    return document["sections"][0]["items"][-1]


@pytest.mark.parametrize("code", CODES)
def test_each_shipped_survey_reads_back_the_same_to_the_byte(code):
    file = json_file(shipped(code))
    assert read_json(file) == shipped(code)
    assert json_file(read_json(file)) == file


@given(documents())
@settings(max_examples=150, deadline=None)
def test_any_survey_reads_back_the_same(made):
    definition = parse(made)
    assert read_json(json_file(definition)) == definition


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble():
    file = b"\xef\xbb\xbf" + json_file(shipped("felt")).replace(b"\n", b"\r\n")
    assert read_json(file) == shipped("felt")


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b" \n", "The file is empty"),
        (b'{"code": "a",\n "title": }', "Line 2, character 11: this is not JSON"),
        (b"Dear team,", "this is not JSON"),
        (b"[1, 2]", "A survey is one mapping"),
        (b"PK\x03\x04rest", "choose XLSForm"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "packed"),
        ('{"code": "ä"}'.encode("utf-16"), "Save it again in UTF-8"),
        ('{\n"code": "ä"}'.encode("latin-1"), "Line 2: this is not UTF-8"),
        (b'{"code":\n' + b"[" * 100_000, "Line 2: more than 40 lists"),
        (b'{"a":' * 100_000, "more than 40 lists"),
        (b'{"code": "a", "code": "b"}', "The survey: “code” stands there twice"),
        (b'{"sections": [{"code": "one", "items": [{"code": "x", "kind": "open", "kind": "age"}]}]}',
         "sections › one › items › x: “kind” stands there twice"),
        (b'{"minutes": NaN}', "a number in it that is none"),
        (b'{"minutes": ' + b"9" * 5000 + b"}", "a number in it that is none"),
        (b'{"title": {"en": "a\\ud800"}}', "title › en: it has a character that nobody sees (U+D800)"),
        (b'{"title": {"en": "a\\u0000"}}', "(U+0000)"),
        (b'{"title": {"en": "\\u202eevil"}}', "(U+202E)"),
        (b'{"code": 7}', "code must be a text, not 7"),
        (b" " * (LARGEST + 1), "larger than 2 MB"),
    ],
)  # fmt: skip
def test_what_is_no_survey_is_told_with_its_place(file, words):
    with pytest.raises(BrokenDefinition) as told:
        read_json(file)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "quiz"}, "felt › felt › better: there is no kind 'quiz'"),
        ({"code": "about"}, "two items are called about"),
        ({"code": "Über uns"}, "the code of a question has small letters"),
        ({"show_if": {"is": ["nowhere", "yes"]}}, "its condition looks at nowhere, which is not asked before it"),
        ({"show_if": {"is": ["better", "yes"]}}, "its condition looks at better"),
        ({"show_if": {"regex": ["about", "yes"]}}, "There is no operator 'regex'"),
        ({"show_if": {"any": [{"answered": "about"}] * 25}}, "its condition makes 25 tests"),
        ({"words": {"pl": "Lepiej?"}}, "The English text is missing"),
        ({"words": {"en": "Is {place|it} better?", "pl": "Lepiej?"}}, "do not hold the same placeholders (place)"),
        ({"words": {"en": "x" * 5000}}, "longer than 4000 characters"),
        ({"secret": 1}, "nobody reads secret"),
        ({"owner": 3}, "owner must be a text, not 3"),
        ({"options": "yes"}, "options must be a list"),
        ({"pick": -1}, "pick goes from 1"),
    ],
)
def test_a_broken_question_is_told_with_its_place(document, item, changes, words):
    about = {"code": "about", "kind": "information", "words": {"en": "Hi"}, "purpose": "A test", "owner": "Us"}
    document["sections"][0]["items"] = [about, {**item, "code": "place"}, {**item, "code": "better", **changes}]
    with pytest.raises(BrokenDefinition) as told:
        read_json(file_of(document))
    assert words in str(told.value)
    assert len(str(told.value)) < 400


def test_two_answers_of_one_code_are_told(document, item):
    item["options"] = item.get("options", []) + item.get("options", [])
    assert item["options"], "the felt-check asks for a choice"
    with pytest.raises(BrokenDefinition, match="two options have the same code"):
        read_json(file_of(document))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ages": [0, 10**9]}, "ages go from 0 to 120"),
        ({"minutes": 10**6}, "minutes go from 1"),
        ({"minimum": 2}, "smaller groups are never shown"),
        ({"languages": ["pl"]}, "languages has en"),
        ({"languages": ["en", "../etc"]}, "is no code of a language"),
        ({"code": "../../etc"}, "the code of a survey"),
        ({"sections": []}, "a survey has 1 to 300 questions"),
        ({"title": None}, "title must be a text for each language"),
    ],
)
def test_a_survey_past_what_a_page_can_bear_is_refused(document, changes, words):
    with pytest.raises(BrokenDefinition) as told:
        read_json(file_of(document | changes))
    assert words in str(told.value)


def test_a_condition_made_to_be_slow_is_refused_or_searched_at_once(document, item):
    codes = [f"c{number}" for number in range(14)]
    many = item | {"code": "many", "kind": "multiple", "options": [{"code": c, "words": {"en": c}} for c in codes]}
    many = {key: value for key, value in many.items() if key not in ("headline", "show_if", "support_when")}
    slow = many | {"code": "slow", "show_if": {"all": [{"all_of": ["many", codes]}, {"none_of": ["many", codes[:1]]}]}}
    document["sections"][0]["items"] = [many, slow]
    begun = time.process_time()
    assert unreachable(read_json(file_of(document))) == ["slow"]
    assert time.process_time() - begun < 2


def test_the_schema_in_the_documents_is_that_of_the_records():
    assert json.loads(FILE.read_text()) == schema(), "run: python -m tests.survey_schema"


@pytest.mark.parametrize("code", CODES)
def test_each_shipped_survey_keeps_to_the_schema(code):
    made = schema()
    assert list(wrong(json.loads(json_file(shipped(code))), made, made)) == []


@given(documents())
@settings(max_examples=50, deadline=None)
def test_any_survey_keeps_to_the_schema(made):
    document = json.loads(json_file(parse(made)))
    assert list(wrong(document, schema(), schema())) == []


def test_the_schema_refuses_what_it_should(document, item):
    made = schema()
    item["kind"] = "quiz"
    assert list(wrong(document, made, made)) != []
    item["kind"] = Kind.OPEN.value
    assert list(wrong(document, made, made)) == []
    assert list(wrong(document | {"secret": 1}, made, made)) != []
