"""Results to take away: the same protected figures, told how many are hidden, and nothing that a spreadsheet runs."""

import csv
import io
import re
import sys
import zipfile
from contextvars import Context
from xml.etree import ElementTree

import pytest
import xlsxwriter
from pypdf import PdfReader
from sqlalchemy import update

from engage.accounts.rules import Role
from engage.analysis.method.small_numbers import audit, protect
from engage.analysis.queries import snapshot
from engage.pqa.actions.files import want_missing_files
from engage.pqa.models import ResultFileRow
from engage.pqa.rules.sheets import HEADINGS, Block, csv_lines, rows, workbook
from engage.shared import db, printing, wanted
from engage.shared.clock import today
from engage.worker.child import run_all_wanted
from tests.pages.test_pack_files import kinds
from tests.pages.test_snapshot import close, freeze, make_answers
from tests.people import make_person, sign_in
from tests.surveys import make_wave

FILES = "/desk/results/youth/files"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STARTERS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "|calc", "%0A=1", "＝1", "＋1", "－1", "＠SUM(A1)",
    "=HYPERLINK(\"http://a\")", "=cmd|' /C calc'!A0", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@cmd|' /C calc'!A0",
    " =1", "  +1", "\u00a0=1", "\ufeff=1", "\u200b=1", "\t@x", "\r\n-1", "=", "+", "-", "@", "==1", "=-1", "-+1", "+-1",
    "=IMPORTXML(\"a\")", "=WEBSERVICE(\"a\")", "=DDE(\"a\")", "{=1}", "http://a.example", "mailto:a@example.org", "=A1",
]  # fmt: skip


@pytest.fixture
def reader(visitor):
    """A member of the panel, beside a wave whose results are frozen."""
    wave = make_wave()
    make_answers(wave)
    close(wave)
    freeze()
    return sign_in(visitor, make_person(Role.PQA))


def blocks(words):
    table = protect({words: 30, "no": 3, "yes": 40})
    return [Block(words, words, words, "answers", table, {words: words, "answer": words})]


def sheets(file: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        names = [name for name in parts.namelist() if re.search(r"sheet\d+\.xml$|sharedStrings", name)]
        return {name: ElementTree.fromstring(parts.read(name)) for name in names}  # noqa: S314 (our own file)


def test_a_csv_holds_what_the_pages_show_and_says_what_is_hidden(reader):
    answer = reader.get(f"{FILES}/results.csv")
    assert answer.is_streamed
    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert tuple(lines[0]) == HEADINGS
    assert all(line["people"] in ("*", "") or int(line["people"]) % 5 == 0 for line in lines[:-8])
    unsafe = next(one for one in lines if one["answer code"] == "very_unsafe" and not one["group"])
    assert (unsafe["people"], unsafe["note"][:6]) == ("*", "hidden")
    assert "figures are hidden (*)" in answer.text
    assert {line["kind of figure"] for line in lines} >= {"answers", "no answer", "positive answers"}


def test_a_csv_is_sent_to_its_end_after_the_page_is_done(reader):
    whole = reader.get(f"{FILES}/results.csv").data
    answer = reader.get(f"{FILES}/results.csv", buffered=False)
    assert Context().run(lambda: b"".join(answer.response)) == whole  # a server sends it outside of any request


def test_a_csv_says_no_more_than_the_tables_that_were_attacked(reader):
    lines = csv.DictReader(io.StringIO(reader.get(f"{FILES}/results.csv").text.removeprefix("\ufeff")))
    said = {
        (line["question code"], line["kind of figure"], line["cut by"], line["group"], line["answer code"]): line[
            "people"
        ]
        for line in lines
        if line["question code"] == "area_happy"
    }
    line = next(one for one in snapshot("youth").lines if one.item == "area_happy")
    kinds = ["answers", "no answer", "positive answers", *("answers" for _ in line.breaks)]
    shown = {
        (line.item, kind, *_group(line, table, cell), cell.at[0]): cell.text
        for kind, table in zip(kinds, line.tables, strict=True)
        for cell in table.cells
        if cell.at[0]
    }
    assert said == shown
    assert audit(line.tables).safe


def _group(line, table, cell):
    if len(table.axes) == 1:
        return "", ""
    return line.labels[table.axes[1].code], line.labels[cell.at[1]] if cell.at[1] else "everyone"


def test_a_workbook_opens_with_its_limits_and_holds_the_same_rows(reader):
    found = sheets(reader.get(f"{FILES}/results.xlsx").data)
    words = " ".join("".join(one.itertext()) for one in found["xl/sharedStrings.xml"])
    assert "figures are hidden (*)" in words
    csv_rows = reader.get(f"{FILES}/results.csv").text.count("\n") - 8
    assert len(found["xl/worksheets/sheet2.xml"].findall(f".//{SHEET}row")) == pytest.approx(csv_rows, abs=2)


@pytest.mark.parametrize("words", STARTERS)
def test_no_spreadsheet_runs_what_somebody_typed(words):
    assert len(STARTERS) == 40
    made = workbook(rows(blocks(words)), [words], title=words, made=today())
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert not [name for name in parts.namelist() if "_rels/sheet" in name]  # no links
    assert [cell for one in sheets(made).values() for cell in one.iter(f"{SHEET}f")] == []
    lines = "".join(csv_lines(rows(blocks(words)), [words])).removeprefix("\ufeff")
    cells = [cell for line in csv.reader(io.StringIO(lines, newline="")) for cell in line]
    assert [cell for cell in cells if cell.lstrip(" \u00a0\ufeff\u200b")[:1] in set("=+-@|%\t\r\n＝＋－＠")] == []


def test_with_the_guard_off_a_formula_would_be_noticed(monkeypatch):
    monkeypatch.setattr("engage.pqa.rules.sheets.plain", str)
    assert '"=1' in "".join(csv_lines(rows(blocks("=1,1")), []))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "=1+1")
    assert [cell for one in sheets(file.getvalue()).values() for cell in one.iter(f"{SHEET}f")] != []


def test_a_drawing_has_a_title_a_meaning_and_a_language(reader):
    svg = reader.get("/desk/results/youth/area_happy/answers.svg")
    root = ElementTree.fromstring(svg.text)  # noqa: S314 (our own drawing)
    assert svg.mimetype == "image/svg+xml"
    assert root.attrib["lang"] == "en"
    title, meaning = (root.find(f"{{http://www.w3.org/2000/svg}}{name}").text for name in ("title", "desc"))
    assert "Every answer" in title
    assert "Most said" in meaning
    assert reader.get("/desk/results/youth/area_happy/by-age.svg").status_code == 200
    assert reader.get("/desk/results/youth/area_happy/elsewhere.svg").status_code == 404


def test_the_print_view_and_the_pdf_say_the_same(reader):
    page = reader.get(f"{FILES}/print")
    assert "figures are hidden (*)" in page.text
    assert reader.get(f"{FILES}/results.pdf").status_code == 404
    reader.fill_in(f"{FILES}/pdf")
    run_all_wanted(reader.application)
    answer = reader.get(f"{FILES}/results.pdf")
    assert answer.status_code == 200, answer.text
    pdf = PdfReader(io.BytesIO(answer.data))
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert pdf.metadata.title == "Results: Youth survey"
    found = list(kinds(root["/StructTreeRoot"]["/K"]))
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Caption", "/Figure"} <= {kind for kind, _ in found}
    drawn = [alt for kind, alt in found if kind == "/Figure"]
    assert len(drawn) == page.text.count("<figure>") >= 3
    assert all("Every answer: " in alt and "The table above says the same." in alt for alt in drawn)
    assert "figures are hidden" in pdf.pages[0].extract_text()


def test_without_pango_the_print_view_is_offered(reader, monkeypatch):
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "import no_such_library"])
    reader.fill_in(f"{FILES}/pdf")
    run_all_wanted(reader.application)
    page = reader.get(f"{FILES}/pdf").text
    assert "it did not work. Open the print view and print it" in page
    assert "Make it now" in page


@pytest.fixture
def quick(monkeypatch):
    """A press that prints at once what it was given, so that a test sees what a PDF was made of."""
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "import sys; print(sys.stdin.read())"])


def test_a_pdf_is_made_once_by_the_worker_and_served_from_then_on(reader, quick, monkeypatch):
    want_missing_files()
    want_missing_files()
    db.session.commit()
    waits = reader.get(f"{FILES}/pdf").text
    assert "The PDF: waiting for the worker" in waits
    assert "Make it now" not in waits
    run_all_wanted(reader.application)
    assert "kB</a>" in reader.get(f"{FILES}/pdf").text
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "raise SystemExit(1)"])
    assert b"Results: Youth survey" in reader.get(f"{FILES}/results.pdf").data
    want_missing_files()
    assert wanted.waiting() == []


def test_a_pdf_is_made_anew_when_more_is_frozen_and_an_old_one_is_not_sent(reader, quick):
    want_missing_files()
    db.session.commit()
    run_all_wanted(reader.application)
    page = "/desk/results/youth/area_happy"
    reader.fill_in(page, to=f"{page}/cut", first="gender", second="")
    run_all_wanted(reader.application)
    assert reader.get(f"{FILES}/results.pdf").status_code == 404
    want_missing_files()
    db.session.commit()
    run_all_wanted(reader.application)
    assert reader.get(f"{FILES}/results.pdf").status_code == 200


def test_a_pdf_that_was_changed_is_not_sent(reader, quick):
    want_missing_files()
    db.session.commit()
    run_all_wanted(reader.application)
    db.session.execute(update(ResultFileRow).values(content=b"%PDF other"))
    db.session.commit()
    assert reader.get(f"{FILES}/results.pdf").status_code == 409


def test_nothing_is_fetched_for_a_pdf(tmp_path):
    planted = tmp_path / "planted.txt"
    planted.write_text("a planted secret")
    page = (
        f'<!DOCTYPE html><html lang="en"><title>x</title><h1>x</h1><a rel="attachment" href="{planted.as_uri()}">y</a>'
    )
    page += f'<link rel="attachment" href="{planted.as_uri()}"><img alt="z" src="{planted.as_uri()}">'
    assert "planted" not in str(PdfReader(io.BytesIO(printing.as_pdf(page))).attachments)


def test_files_of_no_wave_are_not_found(reader):
    for name in ("print", "results.csv", "results.xlsx", "pdf", "results.pdf"):
        assert reader.get(f"/desk/results/nowhere/files/{name}").status_code == 404
