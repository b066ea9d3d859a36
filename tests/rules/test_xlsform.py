"""A survey as an XLSForm: everything comes back, what other tools wrote is listed where it has no place here."""

import io
import re
import time
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.shared.errors import NotValid
from engage.surveys.rules.conditions import condition, holds
from engage.surveys.rules.definition import parse
from engage.surveys.rules.shipped import CODES, shipped
from engage.surveys.rules.xlsform.expressions import NotKept, condition_from, expression
from engage.surveys.rules.xlsform.reading import read_xlsform
from engage.surveys.rules.xlsform.writing import not_in_workbook, workbook
from tests.definitions import conditions, documents

ASKED = [
    {"code": "ways", "kind": "multiple", "options": [{"code": code} for code in "abc"]},
    {"code": "like", "kind": "single", "options": [{"code": code} for code in "abc"]},
    {"code": "age", "kind": "age"},
    {"code": "more", "kind": "open"},
]
GIVEN = st.fixed_dictionaries(
    {
        "ways": st.lists(st.sampled_from(["a", "b", "c"]), unique=True),
        "like": st.lists(st.sampled_from(["a", "b", "c"]), max_size=1),
        "age": st.lists(st.integers(0, 18).map(str), max_size=1),
        "more": st.sampled_from([[], ["words"]]),
    }
)


def make_workbook(survey, choices=(), form=(), **sheets):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in {"survey": survey, "choices": choices, "settings": form, **sheets}.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, words in enumerate(row):
                    sheet.write_string(at, column, words)
    return file.getvalue()


def other_tool(*rows, headings=("type", "name", "label", "relevant", "constraint")):
    """A form as another tool writes it."""
    return make_workbook([headings, *rows], [("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No")])


@pytest.mark.parametrize("code", CODES)
def test_each_shipped_survey_comes_back_whole(code):
    read = read_xlsform(workbook(shipped(code)))
    assert parse(read.document) == shipped(code)
    assert read.left_out == ()


@given(documents())
@settings(max_examples=60, deadline=None)
def test_any_survey_comes_back_whole(made):
    definition = parse(made)
    read = read_xlsform(workbook(definition))
    assert (parse(read.document), read.left_out) == (definition, ())


@given(conditions(ASKED), st.lists(GIVEN, min_size=5, max_size=5))
@settings(max_examples=200, deadline=None)
def test_an_expression_read_back_holds_of_the_same_answers(document, people):
    asked = condition(document)
    read = condition_from(expression(asked))
    assert [holds(read, answers) for answers in people] == [holds(asked, answers) for answers in people]


@pytest.mark.parametrize(
    ("words", "document"),
    [
        ("${age} >= 16", {"gte": ["age", "16"]}),
        ("16 > ${age}", {"lt": ["age", "16"]}),
        ("${like}='a' or ${like} = \"b\"", {"in": ["like", ["a", "b"]]}),
        ("selected(${ways}, 'a') and not(selected(${ways},'b'))",
         {"all": [{"any_of": ["ways", ["a"]]}, {"none_of": ["ways", ["b"]]}]}),
        ("${more} != ''", {"answered": "more"}),
        ("( ${a}='x' and ${b}='y' ) or ${c} = ''",
         {"any": [{"all": [{"is": ["a", "x"]}, {"is": ["b", "y"]}]}, {"not": {"answered": "c"}}]}),
    ],
)  # fmt: skip
def test_an_expression_of_another_tool_is_read(words, document):
    assert condition_from(words) == condition(document)


@pytest.mark.parametrize(
    "words",
    ["", "${a}", "${a} + 1 = 2", "${a} = ${b}", "regex(${a}, 'x')", "if(${a}='x', 1, 0) = 1", "${a} = 'x' and",
     "'a'='a'",
     "${a} = 'x", "(" * 5000, "not" * 900, "count-selected(${a}) > 2", "${a} >= 1.5", "today() > 3",
     "${a} >= ${b}", "\u0000"],
)  # fmt: skip
def test_an_expression_past_our_conditions_is_not_kept(words):
    with pytest.raises(NotKept):
        condition_from(words)


def test_a_form_of_another_tool_comes_in_with_what_it_lost_listed():
    read = read_xlsform(
        other_tool(
            ("start", "start", "", "", ""),
            ("begin group", "You", "About you", "", ""),
            ("select_one yn", "Like it?", "Do you like it?", "", ""),
            ("end group", "", "", "", ""),
            ("select_multiple yn", "both", "Tick some", "", "count-selected(.) <= 1"),
            ("integer", "score", "How good?", "${Like it?} = 'yes'", ". >= 0 and . <= 10"),
            ("integer", "cats", "How many cats?", "", ". >= 0 and . <= 99"),
            ("geopoint", "where", "Where are you?", "", ""),
            ("text", "why", "Why?", "regex(${score}, '1')", "string-length(.) < 10"),
            ("text", "late", "Anything?", "${where} != ''", ""),
            ("integer", "dogs", "How many dogs?", "", ""),
        )
    )
    items = {item["code"]: item for section in read.document["sections"] for item in section["items"]}
    assert list(items) == ["like_it_", "both", "score", "cats", "why", "late"]
    assert (items["cats"]["kind"], items["cats"]["least"], items["cats"]["most"]) == ("amount", 0, 99)
    assert items["both"]["pick"] == 1
    assert (items["score"]["kind"], items["why"]["kind"]) == ("number", "open")
    said = "\n".join(read.left_out)
    assert "Row 12, dogs: “integer” is no kind of question here" in said
    assert "Row 9, where: “geopoint” is no kind" in said
    assert "Row 10, why: when it is asked cannot be kept, so everybody is asked" in said
    assert "Row 10, why: a limit is not kept: string-length" in said
    assert "Row 11, late: when it is asked cannot be kept, so everybody is asked: “where” is not asked" in said
    assert [section["code"] for section in read.document["sections"]] == ["you"]


def test_languages_are_told_by_their_columns():
    headings = ("type", "name", "label::English (en)", "label::Polski (pl)", "label::Arabic", "hint::pl")
    row = ("text", "why", "Why?", "Dlaczego?", "لماذا؟", "Pisz")
    item = read_xlsform(other_tool(row, headings=headings)).document["sections"][0]["items"][0]
    assert item["words"] == {"en": "Why?", "pl": "Dlaczego?", "ar": "لماذا؟"}
    assert item["text"] == {"en": "Pisz", "pl": "Pisz"}


def test_what_somebody_changed_in_a_cell_counts_and_the_rest_stays():
    file = workbook(shipped("felt"))
    changed = repacked(file, {"xl/sharedStrings.xml": lambda part: part.replace(b">Better<", b">Much better<")})
    item = next(iter(parse(read_xlsform(changed).document).items), None)
    assert item == next(shipped("felt").items)
    words = [option.words.in_("en") for item in parse(read_xlsform(changed).document).items for option in item.options]
    assert "Much better" in words


def test_other_tools_are_told_what_they_will_not_know():
    said = not_in_workbook(shipped("youth"))
    assert any("Rather not say" in words for words in said)
    assert any("only some" in words for words in said)


def test_no_cell_of_ours_is_a_formula_or_a_link():
    made = parse(next(iter([parse_words("=1+1"), parse_words("http://a.example")])))
    with zipfile.ZipFile(io.BytesIO(workbook(made))) as parts:
        assert not [name for name in parts.namelist() if "_rels/sheet" in name]
        assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())


def parse_words(words):
    item = {"code": "one", "kind": "open", "words": {"en": words}, "purpose": words, "owner": words}
    section = {"code": "one", "title": {"en": words}, "items": [item]}
    return {
        "code": "a",
        "title": {"en": words},
        "ages": [1, 2],
        "minutes": 1,
        "minimum": 8,
        "languages": ["en"],
        "sections": [section],
    }


def repacked(file, changes):
    """The same workbook with some parts changed, or added where there was none."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in parts.namelist():
            new.writestr(name, changes.get(name, bytes)(parts.read(name)))
        for name in set(changes) - set(parts.namelist()):
            new.writestr(name, changes[name](b""))
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        (SHEET, lambda part: part.replace(b"<v>0</v>", b"<f>1+1</f><v>2</v>", 1), "cell A1 holds a formula"),
        ("xl/externalLinks/externalLink1.xml", lambda _: b"<a/>", "takes values from other workbooks"),
        ("xl/vbaProject.bin", lambda _: b"\0", "macros"),
        ("xl/embeddings/a.bin", lambda _: b"\0", "other files inside"),
        (STRINGS, lambda part: DOCTYPE + part.split(b"?>", 1)[1], "cannot be opened"),
        (STRINGS, lambda part: part[:100], "cannot be opened"),
        (STRINGS, lambda _: b"<sst>" + b" " * 20_000_000 + b"</sst>", "unpacks to far more"),
        (STRINGS, lambda _: b"<sst><si><t>" + b"a" * 7000 + b"</t></si></sst>", "more than 6000 characters"),
        (SHEET, lambda part: part.replace(b'r="A2"', b'r="A100000"', 1), "more than 5000 rows"),
        (SHEET, lambda part: part.replace(b'r="A2"', b'r="ZZ2"', 1), "more columns"),
        (SHEET, lambda part: part.replace(b"<v>1</v>", b"<v>999999</v>", 1), "cannot be opened"),
        ("xl/workbook.xml", lambda part: part.replace(b'name="survey"', b'name="Sheet1"'), "no sheet called “survey”"),
        ("xl/workbook.xml", lambda part: re.sub(rb'r:id="[^"]*"', b'r:id="x"', part), "cannot be opened"),
    ],
)
def test_a_hostile_workbook_is_refused_in_a_sentence(part, change, words):
    file = repacked(other_tool(("text", "why", "Why?", "", "")), {part: change})
    begun = time.process_time()
    with pytest.raises(NotValid) as told:
        read_xlsform(file)
    assert words in str(told.value)
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"", "cannot be opened"),
        (b"type,name,label\n", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel file"),
        (b"PK\x03\x04" + b"\0" * 100, "cannot be opened"),
        (b"\0" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_in_a_sentence(file, words):
    with pytest.raises(NotValid) as told:
        read_xlsform(file)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ([], "no sheet called “survey” in it, with the questions"),
        ([("question", "words")], "there is no column called “type”"),
        ([("type", "name", "type")], "Two columns are called “type”"),
        ([("type", "name", "label"), ("text", "a", "A"), ("text", "a", "B")], "two items are called a"),
        ([("type", "name", "label"), ("select_one nowhere", "a", "A")], "single needs options"),
        ([("type", "name", "label"), ("geopoint", "a", "A")], "a survey has 1 to 300 questions"),
        ([("type", "name", "label::Klingon"), ("text", "a", "A")], "is no code of a language"),
    ],
)
def test_a_form_that_does_not_hold_together_is_told(survey, words):
    with pytest.raises(NotValid) as told:
        read_xlsform(make_workbook(survey))
    assert words in str(told.value)


def test_thirty_thousand_rows_are_refused():
    file = make_workbook([("type", "name", "label"), *(("text", f"a{n}", "A") for n in range(30_000))])
    begun = time.process_time()
    with pytest.raises(NotValid, match=r"more than 5000 rows"):
        read_xlsform(file)
    assert time.process_time() - begun < 5
