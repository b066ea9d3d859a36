"""Staff pages: results to take away, as a print view, CSV, XLSX and tagged PDF."""

from io import BytesIO

from flask import Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.pqa.actions.files import want_file
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.desk.results import known
from engage.pqa.queries.files import file_content, file_size, work_on_file
from engage.pqa.queries.paper import blocks, limits, paper, whole
from engage.pqa.rules import meaning
from engage.pqa.rules.drawing import ink, paint
from engage.pqa.rules.sheets import csv_lines, rows, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/results/<wave_code>/files/print")
@open_to(*READERS)
def show_print(wave_code: str) -> ResponseReturnValue:
    found = paper(wave_code)
    return render_template("pqa/desk/print.html", paper=found, meaning=meaning, paint=paint, ink=ink)


@pages.get("/results/<wave_code>/files/results.csv")
@open_to(*READERS)
def send_csv(wave_code: str) -> ResponseReturnValue:
    results = whole(wave_code)
    tables = list(blocks(results))  # asked for now: what is sent while it is made asks the database nothing more
    lines = csv_lines(rows(tables), limits(results))
    return _named(Response((line.encode() for line in lines), mimetype="text/csv"), wave_code, "csv")


@pages.get("/results/<wave_code>/files/results.xlsx")
@open_to(*READERS)
def send_xlsx(wave_code: str) -> ResponseReturnValue:
    results = whole(wave_code)
    made = results.origin.made_at
    file = workbook(rows(blocks(results)), limits(results), title=f"Results: {results.title}", made=made)
    return _named(send_file(BytesIO(file), mimetype=XLSX), wave_code, "xlsx")


@pages.get("/results/<wave_code>/files/pdf")
@open_to(*READERS)
def show_pdf(wave_code: str) -> ResponseReturnValue:
    results, size = known(wave_code), file_size(wave_code)
    return render_template("pqa/desk/pdf.html", results=results, size=size, work=work_on_file(wave_code))


@pages.post("/results/<wave_code>/files/pdf")
@open_to(*READERS)
def ask_for_pdf(wave_code: str) -> ResponseReturnValue:
    want_file(known(wave_code).wave_code)
    return redirect(url_for(".show_pdf", wave_code=wave_code), 303)


@pages.get("/results/<wave_code>/files/results.pdf")
@open_to(*READERS)
def send_pdf(wave_code: str) -> ResponseReturnValue:
    return _named(Response(file_content(wave_code), mimetype="application/pdf"), wave_code, "pdf")


def _named(file: Response, wave_code: str, kind: str) -> Response:
    file.headers["Content-Disposition"] = f'attachment; filename="results-{wave_code}.{kind}"'
    return file
