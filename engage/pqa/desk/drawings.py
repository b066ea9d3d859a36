"""Staff pages: single drawings of results to take away, each with its title and one sentence of meaning."""

from collections.abc import Mapping

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.analysis.method.records import Chart, Protected
from engage.analysis.queries import SnapshotLine
from engage.analysis.queries.cuts import Cut, cut
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.desk.results import asked, drawings, known
from engage.pqa.rules import drawing, meaning
from engage.shared.errors import NotFound
from engage.shared.words import N_

HIDING = "Small counts are hidden (*), the others rounded."
NO_DRAWING = N_("There is no such drawing. The page that you came from lists those there are.")


@pages.get("/results/<wave_code>/<item>/<which>.svg")
@open_to(*READERS)
def send_chart(wave_code: str, item: str, which: str) -> ResponseReturnValue:
    line = asked(wave_code, item).line
    drawn, table = _drawing(line, which)
    return _svg(
        drawn, f"{line.words}: {drawings(line)[which]}", _sentence(table, line.labels), line.labels | line.waves
    )


@pages.get("/results/<wave_code>/<item>/cut.svg")
@open_to(*READERS)
def send_cut_chart(wave_code: str, item: str) -> ResponseReturnValue:
    about, found = asked(wave_code, item), cut(wave_code, item, tuple(request.args.getlist("by")))
    if not isinstance(found, Cut) or found.chart is None:
        raise NotFound(NO_DRAWING)
    by = ", ".join(about.all_breaks.get(code, code) for code in found.by)
    return _svg(found.chart, f"{about.line.words} Cut by: {by}", _sentence(found.table, found.labels), found.labels)


@pages.get("/results/<wave_code>/themes/<any(now, compared):which>.svg")
@open_to(*READERS)
def send_theme_chart(wave_code: str, which: str) -> ResponseReturnValue:
    results = known(wave_code)
    themes = results.themes
    drawn = themes and (themes.chart if which == "now" else themes.moves)
    if not themes or not drawn:
        raise NotFound(NO_DRAWING)
    return _svg(
        drawn, f"{results.title}: themes in written answers", _sentence(themes.table, themes.labels), themes.labels
    )


def _sentence(table: Protected, labels: Mapping[str, str]) -> str:
    return meaning.said_most(table, labels) if len(table.axes) == 1 else meaning.differs_most(table, labels)


def _svg(drawn: Chart, title: str, sentence: str, labels: Mapping[str, str]) -> Response:
    words = {"labels": labels, "title": title, "sentence": sentence, "note": HIDING}
    svg = render_template("pqa/desk/chart.svg", drawn=drawn, drawing=drawing, **words)
    return Response(svg, mimetype="image/svg+xml")


def _drawing(line: SnapshotLine, which: str) -> tuple[Chart, Protected]:
    by_break = {f"by-{table.axes[1].code}": table for table in line.breaks}
    charts = dict(zip(by_break, line.break_charts, strict=False)) | {"answers": line.chart, "over-time": line.trend}
    drawn = charts.get(which)
    if drawn is None:
        raise NotFound(NO_DRAWING)
    return drawn, by_break.get(which, line.table)
