"""Each kind of file read as a stranger reads it: no figure that was not attacked, and one that leaks is found."""

import io
import json

import pytest
import xlsxwriter

from engage.shared.printing import as_pdf
from tests.packs import make_frozen, make_panel
from tests.people import sign_in
from tests.published import everything
from tests.taken_away import attacked, in_drawing, in_json, in_pdf, in_words, in_workbook, strays_in_files, text_of

LEAK = 13  # a true count: shown ones are rounded to 5


@pytest.fixture
def files(visitor):
    """A wave, what was attacked of it, and somebody who may read all its files."""
    reader, wave = sign_in(visitor, make_panel()["pqa"]), make_frozen()
    return wave, attacked(wave, everything(wave)), reader


def test_no_file_of_a_wave_says_more_than_was_attacked(files):
    wave, known, reader = files
    assert strays_in_files(wave, known, reader, pdf=False) == set()
    assert known.counts >= {"60", "40", "20"}


def test_a_count_that_leaks_into_a_file_is_found_in_each_kind(files):
    wave, known, reader = files
    drawing = reader.get(f"/desk/results/{wave.code}/area_happy/answers.svg").text
    page = reader.get(f"/desk/results/{wave.code}/files/print").text
    assert in_drawing(drawing.replace(">67%<", ">68%<"), known) == {"68%"}
    assert in_words(text_of(page.replace("<td>40</td>", f"<td>{LEAK}</td>")), known) == {str(LEAK)}
    assert in_json(json.dumps({"version": 1, "concerns": [{"people": LEAK}]}), known) == {str(LEAK)}
    assert in_workbook(leaking_workbook(), known) == {str(LEAK)}
    printed = as_pdf(f'<!DOCTYPE html><html lang="en"><title>x</title><p>People {LEAK} of 60 (67%)')
    assert in_pdf(printed, known) == {str(LEAK)}


def leaking_workbook() -> bytes:
    """A workbook laid out as ours, in which one count was never hidden."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Read first").write_string(0, 0, "x")
        sheet = book.add_worksheet("Figures")
        for row, (code, people) in enumerate([("answer code", 0), ("very_happy", 40), ("unhappy", LEAK)]):
            sheet.write_string(row, 8, code)
            sheet.write_number(row, 10, people)
            sheet.write_number(row, 11, 60)
    return file.getvalue()
