"""A small workbook that was made to take much: it is read once and within bounds, or refused in a sentence."""

import io
import time
import tracemalloc
import zipfile

import pytest

from engage.shared.errors import NotValid
from engage.surveys.rules.workbooks import LONGEST_CELL, MOST_WORDS, read_workbook

ONE = '<sheet name="survey" r:id="r1"/>'
RELATIONS = '<Relationships xmlns="x"><Relationship Id="r1" Target="worksheets/one.xml"/></Relationships>'
SECONDS, BYTES = 4, 20 * 2**20  # what the dearest may take, on a machine that others use too


def book(cells="", *, sheets=ONE, strings=""):
    """A workbook as no tool writes it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        parts.writestr("xl/workbook.xml", f'<workbook xmlns:r="q"><sheets>{sheets}</sheets></workbook>')
        parts.writestr("xl/worksheets/one.xml", f"<worksheet>{cells}</worksheet>")
        parts.writestr("xl/sharedStrings.xml", f"<sst>{strings}</sst>")
    return file.getvalue()


def letters(column):
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def cells(columns, rows, value):
    return "".join(
        f'<c r="{letters(column)}{row}" {value}</c>' for row in range(1, rows + 1) for column in range(columns)
    )


def words_in_all(many):
    """A sheet whose cells all point to the same long words."""
    return book(cells(100, many // 100, 't="s"><v>0</v>'), strings=f"<si><t> {'a' * (LONGEST_CELL - 10)}</t></si>")


def refused(file, words):
    assert len(file) < 500_000  # less than any form may be
    with pytest.raises(NotValid, match=words):
        read_workbook(file, wanted={"survey"})


@pytest.mark.parametrize("again", [ONE, ONE.replace("survey", " SURVEY ")])
def test_a_sheet_that_stands_twice_is_refused_before_it_is_read(again):
    refused(book("no sheet at all <", sheets=ONE + again), "Two sheets are called “survey”")


def test_words_that_many_cells_point_to_do_not_fill_the_memory():
    file = words_in_all(10_000)
    tracemalloc.start()
    try:
        refused(file, "holds far more words than a survey has")
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "parts", [{"cells": "<a/>" * 1_000_000}, {"sheets": "<a/>" * 1_000_000}], ids=["cells", "sheets"]
)
def test_a_million_elements_do_not_take_the_time_of_a_web_process(parts):
    file = book(**parts)
    begun = time.process_time()
    refused(file, "unpacks to far more than a survey has")
    assert time.process_time() - begun < SECONDS


def test_all_sheets_together_may_unpack_to_no_more_than_one():
    file = book("<sheetData>" + " " * 5_000_000, sheets="".join(ONE.replace("survey", f"s{n}") for n in range(3)))
    with pytest.raises(NotValid, match="cannot be opened"):  # one alone is read to its end, which is missing
        read_workbook(file, wanted={"s0"})
    whole = book(" " * 5_000_000, sheets="".join(ONE.replace("survey", f"s{n}") for n in range(3)))
    assert read_workbook(whole, wanted={"s0", "s1"}) == {"s0": [], "s1": []}
    with pytest.raises(NotValid, match="unpacks to far more"):
        read_workbook(whole, wanted={"s0", "s1", "s2"})


def test_words_that_many_cells_point_to_are_kept_once_and_read_whole():
    many = MOST_WORDS // LONGEST_CELL // 100 * 100
    tracemalloc.start()
    try:
        rows = read_workbook(words_in_all(many), wanted={"survey"})["survey"]
        assert tracemalloc.get_traced_memory()[1] < MOST_WORDS
    finally:
        tracemalloc.stop()
    assert [len(words) for row in rows for words in row] == [LONGEST_CELL - 10] * many


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("_xD800_Why?", "Why?"),
        ("Why?_xDC00_", "Why?"),
        ("_xD83D__xDE00_", "\N{GRINNING FACE}"),
        ("_x0000_Why_x000D_\n_xFFFE_?", "Why\n?"),
        ("\u202eWhy?", "Why?"),
        ("_x0041_ge", "Age"),
    ],
)
def test_half_a_sign_and_what_nobody_sees_are_left_away_however_they_are_written(written, read):
    inside = book(f'<c r="A1" t="inlineStr"><is><t>{written}</t></is></c>')
    assert read_workbook(inside, wanted={"survey"}) == {"survey": [[read]]}
    shared = book('<c r="A1" t="s"><v>0</v></c>', strings=f"<si><t>{written}</t></si>")
    assert read_workbook(shared, wanted={"survey"}) == {"survey": [[read]]}
