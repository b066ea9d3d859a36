"""The code frame: what belongs to each theme and what does not, its keys, how far coders agree, the frame as a file."""

from io import BytesIO

from flask import Response, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries
from engage.analysis.actions import frame as actions
from engage.analysis.actions.frame import Brought
from engage.analysis.actions.keys import give_key
from engage.analysis.desk.pages import READERS, pages
from engage.analysis.forms import FrameFileForm, KeyForm
from engage.analysis.queries.agreement import agreements
from engage.analysis.queries.emerging import work_on
from engage.analysis.queries.frame import could_be_examples, examples_of, frame, key_of
from engage.analysis.queries.trust import trust_in
from engage.analysis.rules.frame import FrameLine, write_frame
from engage.shared.clock import today
from engage.shared.counts import several


@pages.get("/frame/")
@open_to(*READERS)
def show_frame() -> ResponseReturnValue:
    return _page()


@pages.get("/frame/code-frame.csv")
@open_to(*READERS)
def export_frame() -> ResponseReturnValue:
    lines = [
        FrameLine(
            one.theme.name, one.theme.definition, tuple(one.belong), tuple(one.do_not), one.theme.sensitive, one.key
        )
        for one in frame()
    ]  # fmt: skip
    return _file(write_frame(lines))


@pages.post("/frame/import")
@open_to(Role.VOICE)
def import_frame() -> ResponseReturnValue:
    form = FrameFileForm(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _page(form), 422
    brought = actions.bring_in(form.lines, by=me(), today=today())
    flash(_said(brought))
    return redirect(url_for("analysis_desk.show_frame"), 303)


@pages.get("/frame/<int:theme_id>")
@open_to(*READERS)
def show_framed(theme_id: int) -> ResponseReturnValue:
    theme = queries.theme(theme_id)
    return render_template(
        "analysis/desk/framed.html",
        theme=theme, examples=examples_of(theme_id), roles=me().roles,
        could=could_be_examples(theme_id, belongs=True), could_not=could_be_examples(theme_id, belongs=False),
        keys=KeyForm(MultiDict({"key": key_of(theme_id)})),
    )  # fmt: skip


@pages.post("/frame/<int:theme_id>/example")
@open_to(Role.VOICE)
def add_example(theme_id: int) -> ResponseReturnValue:
    belongs = request.form.get("belongs") == "yes"
    actions.add_example(theme_id, request.form.get("answer", ""), belongs=belongs, by=me(), today=today())
    return _back(theme_id, "Kept as an example.")


@pages.post("/frame/<int:theme_id>/example/remove")
@open_to(Role.VOICE)
def remove_example(theme_id: int) -> ResponseReturnValue:
    actions.remove_example(theme_id, request.form.get("example", 0, type=int))
    return _back(theme_id, "No example any more.")


@pages.post("/frame/<int:theme_id>/key")
@open_to(Role.VOICE)
def change_key(theme_id: int) -> ResponseReturnValue:
    give_key(theme_id, request.form.get("key", ""))
    return _back(theme_id, "Kept. A theme that had this key has the old one now.")


def _page(bringing: FrameFileForm | None = None) -> str:
    lines = frame()
    return render_template(
        "analysis/desk/frame.html",
        frame=lines, trust=trust_in([one.theme.id for one in lines]), agreed=agreements(),
        bringing=bringing or FrameFileForm(MultiDict()), roles=me().roles,
        work=work_on("agree"),
    )  # fmt: skip


def _said(brought: Brought) -> str:
    said = f"{several(brought.added, 'theme')} added, {brought.changed} changed."
    if not brought.added and not brought.changed:
        said = "Nothing was changed: all of it is here already."
    if brought.put_away:
        said += f" Left as they are, because they were put away here: {', '.join(brought.put_away)}."
    return said


def _file(content: bytes) -> Response:
    return send_file(BytesIO(content), "text/csv", as_attachment=True, download_name="code-frame.csv")


def _back(theme_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("analysis_desk.show_framed", theme_id=theme_id), 303)
