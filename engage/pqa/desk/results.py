"""Staff pages: results of a wave in short, and each question beside what others published."""

from flask import render_template
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.analysis import queries as analysis
from engage.analysis.queries import Overview, Question, SnapshotLine
from engage.analysis.queries.attendance import who_came
from engage.analysis.queries.cuts import cut_lines
from engage.analysis.queries.merging import merged_of_wave
from engage.pqa.desk.pages import CUTTERS, READERS, pages
from engage.pqa.forms.cut import CutForm
from engage.pqa.queries.figures import figures
from engage.pqa.rules import meaning
from engage.pqa.rules.figures import OUR_MODE, beside
from engage.shared.errors import NotFound
from engage.shared.words import N_


@pages.get("/results/")
@open_to(*READERS)
def show_results() -> ResponseReturnValue:
    return render_template("pqa/desk/list.html", frozen=analysis.frozen(), came=who_came())


@pages.get("/results/<wave_code>")
@open_to(*READERS)
def show_wave(wave_code: str) -> ResponseReturnValue:
    ages = merged_of_wave(wave_code)
    return render_template("pqa/desk/wave.html", results=known(wave_code), ages=ages, meaning=meaning)


@pages.get("/results/<wave_code>/themes")
@open_to(*READERS)
def show_themes(wave_code: str) -> ResponseReturnValue:
    results = known(wave_code)
    if results.themes is None:
        raise NotFound(N_("Themes are counted once, when a wave is reported and somebody coded its written answers."))
    return render_template("pqa/desk/written.html", results=results, meaning=meaning)


@pages.get("/results/<wave_code>/<item>")
@open_to(*READERS)
def show_question(wave_code: str, item: str) -> ResponseReturnValue:
    about = asked(wave_code, item)
    return render_template("pqa/desk/question.html", form=CutForm.for_question(about), **shown(about))


def known(wave_code: str) -> Overview:
    """Give a wave's results in short. Raises `NotFound`."""
    found = analysis.overview(wave_code)
    if found is None:
        raise NotFound(N_("This wave has no results yet. They are frozen when it closes."))
    return found


def asked(wave_code: str, item: str) -> Question:
    """Give one question of a wave. Raises `NotFound`."""
    found = analysis.question(wave_code, item)
    if found is None:
        raise NotFound(N_("This wave has no results for such a question. Its results say what was asked."))
    return found


def drawings(line: SnapshotLine) -> dict[str, str]:
    """The drawings of a question that can be taken as files, by name."""
    breaks = [table.axes[1].code for table in line.breaks] if line.break_charts else []
    drawn = [code for code, chart in zip(breaks, line.break_charts, strict=True) if chart]
    over_time = {"over-time": "Over time"} if line.trend else {}
    return {"answers": "Every answer"} | over_time | {f"by-{code}": line.labels[code] for code in drawn}


def shown(about: Question) -> dict[str, object]:
    """Everything that the page of a question shows."""
    line = about.line
    options = {level: line.table.cell(level).percent for level in line.table.axes[0].levels}
    headline = line.headline.percent if line.headline else None
    return {
        "about": about,
        "others": beside(figures().get(line.item, []), headline=headline, options=options),
        "our_mode": OUR_MODE,
        "meaning": meaning,
        "ages": merged_of_wave(about.wave_code),
        "cuts": cut_lines(about.wave_code, line.item),
        "cutters": CUTTERS,
        "drawings": drawings(line),
    }
