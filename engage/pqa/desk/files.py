"""Staff pages: results to take away, as a print view, CSV, XLSX and tagged PDF."""

from collections.abc import Iterator
from io import BytesIO

from flask import Response, render_template, send_file
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.analysis import queries as analysis
from engage.analysis.queries import Snapshot
from engage.analysis.queries.cuts import cuts_of
from engage.analysis.queries.merging import merged_of_wave
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.rules import meaning
from engage.pqa.rules.drawing import ink, paint
from engage.pqa.rules.limits import limits_of
from engage.pqa.rules.sheets import Block, csv_lines, rows, workbook
from engage.shared.errors import NotFound
from engage.shared.printing import as_pdf
from engage.shared.words import N_

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/results/<wave_code>/files/print")
@open_to(*READERS)
def show_print(wave_code: str) -> ResponseReturnValue:
    return _printed(_whole(wave_code))


@pages.get("/results/<wave_code>/files/results.csv")
@open_to(*READERS)
def send_csv(wave_code: str) -> ResponseReturnValue:
    results = _whole(wave_code)
    blocks = list(_blocks(results))  # asked for now: what is sent while it is made asks the database nothing more
    lines = csv_lines(rows(blocks), _limits(results))
    return _named(Response((line.encode() for line in lines), mimetype="text/csv"), results, "csv")


@pages.get("/results/<wave_code>/files/results.xlsx")
@open_to(*READERS)
def send_xlsx(wave_code: str) -> ResponseReturnValue:
    results = _whole(wave_code)
    made = results.origin.made_at
    file = workbook(rows(_blocks(results)), _limits(results), title=f"Results: {results.title}", made=made)
    return _named(send_file(BytesIO(file), mimetype=XLSX), results, "xlsx")


@pages.get("/results/<wave_code>/files/results.pdf")
@open_to(*READERS)
def send_pdf(wave_code: str) -> ResponseReturnValue:
    results = _whole(wave_code)
    return _named(Response(as_pdf(_printed(results)), mimetype="application/pdf"), results, "pdf")


def _whole(wave_code: str) -> Snapshot:
    found = analysis.snapshot(wave_code)
    if found is None:
        raise NotFound(N_("This wave has no results yet. They are frozen when it closes."))
    return found


def _printed(results: Snapshot) -> str:
    words = {"results": results, "limits": _limits(results), "meaning": meaning}
    words["ages"] = merged_of_wave(results.wave_code)
    return render_template("pqa/desk/print.html", paint=paint, ink=ink, **words)


def _blocks(results: Snapshot) -> Iterator[Block]:
    """Every table that is shown, question by question, the cuts after them."""
    for line in results.lines:
        kinds = ["answers", "no answer", *(["positive answers"] if line.positive else [])]
        for kind, table in zip([*kinds, *("answers" for _ in line.breaks)], line.tables, strict=True):
            yield Block(results.title, line.item, line.words, kind, table, line.labels)
    words = {line.item: line.words for line in results.lines}
    for one in cuts_of(results.wave_code):
        yield Block(results.title, one.item, words.get(one.item, one.item), "answers", one.table, one.labels)
    ages = merged_of_wave(results.wave_code)
    for together in ages.lines if ages else ():
        yield Block(results.title, together.item, together.words, "all ages together", together.table, together.labels)
    if results.wrote:
        yield Block(results.title, "themes", "What they wrote about", "themes", results.wrote.table, results.labels)


def _limits(results: Snapshot) -> list[str]:
    tables = [block.table for block in _blocks(results)]
    made, mark = f"{results.origin.made_at:%d %B %Y}", results.origin.sha256
    return limits_of(tables, responses=results.responses.text, made=made, fingerprint=mark)


def _named(file: Response, results: Snapshot, kind: str) -> Response:
    file.headers["Content-Disposition"] = f'attachment; filename="results-{results.wave_code}.{kind}"'
    return file
