"""Staff pages: results of a wave, beside what others published."""

from flask import render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.analysis import queries as analysis
from engage.analysis.queries import Snapshot, SnapshotLine
from engage.analysis.queries.attendance import who_came
from engage.pqa.desk.pages import READERS, pages
from engage.pqa.queries.figures import figures
from engage.pqa.rules.figures import OUR_MODE, Beside, Figure, beside
from engage.shared.errors import NotFound
from engage.shared.words import N_


@pages.get("/results/")
@open_to(*READERS)
def show_results() -> ResponseReturnValue:
    return render_template("pqa/desk/list.html", frozen=analysis.frozen(), came=who_came())


@pages.get("/results/<wave_code>")
@open_to(*READERS)
def show_wave(wave_code: str) -> ResponseReturnValue:
    snapshot = analysis.snapshot(wave_code)
    if snapshot is None:
        raise NotFound(N_("This wave has no results yet. They are frozen when it closes."))
    return render_template("pqa/desk/wave.html", snapshot=snapshot, others=_others(snapshot), our_mode=OUR_MODE)


def _others(snapshot: Snapshot) -> dict[str, list[Beside]]:
    published = figures()
    return {line.item: _beside(line, published[line.item]) for line in snapshot.lines if line.item in published}


def _beside(line: SnapshotLine, figures: list[Figure]) -> list[Beside]:
    options = {level: line.table.cell(level).percent for level in line.table.axes[0].levels}
    return beside(figures, headline=line.headline.percent if line.headline else None, options=options)
