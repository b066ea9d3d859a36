"""The coding workbench: one answer, the frame beside it, a key for each theme."""

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.analysis import queries
from engage.analysis.actions import alike
from engage.analysis.actions import coding as actions
from engage.analysis.desk.pages import pages
from engage.analysis.forms import CodingForm
from engage.analysis.queries import coding
from engage.analysis.queries.coded_alike import uncoded_like
from engage.analysis.queries.coders import coders
from engage.analysis.queries.coding import Which
from engage.analysis.queries.reading import Excerpt
from engage.analysis.rules.coding import FEWEST_TO_LEARN, trail_of
from engage.shared.clock import today
from engage.shared.counts import several
from engage.shared.errors import NotOpen

TRAIL = 12  # answers one can go back to


@dataclass(frozen=True)
class _Asked:
    """What the address says: where one codes, the answers one has gone through, and whether keys work."""

    subject: str
    item: str
    second: bool
    trail: tuple[str, ...]
    keys: bool
    past: str  # the answer skipped last: the next one comes after it
    awaited: bool = False  # the worker was at work when the last page was shown: the next one says when it is done
    alike: bool = False  # the answer coded last was coded together with all that say the same

    @property
    def kept(self) -> dict[str, str]:
        """What every address of the workbench carries along."""
        said = {
            "subject": self.subject, "item": self.item, "second": "1" if self.second else "",
            "trail": ",".join(self.trail[-TRAIL:]), "keys": "" if self.keys else "off",
            "past": self.past, "alike": "1" if self.alike else "",
            "awaited": "1" if self.awaited else "",
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}

    def address(self, *, gone: tuple[str, ...] | None = None, **more: str) -> str:
        """The address of the workbench from here, after the answers in `gone`."""
        said = self if gone is None else replace(self, trail=gone)
        return url_for("analysis_desk.show_coding", **said.kept, **more)  # type: ignore[arg-type]

    def after(self, excerpt_id: str, *, alike: bool = False) -> str:
        """The address of what comes after an answer that was coded, alone or together with what says the same."""
        gone = (*(one for one in self.trail if one != excerpt_id), excerpt_id)
        return replace(self, alike=alike).address(gone=gone)

    def skipping(self, excerpt_id: str) -> str:
        """The address of what comes after an answer that still waits."""
        return replace(self, past=excerpt_id).after(excerpt_id)

    def back(self) -> str:
        """The address of the answer before; "" where there is none."""
        return replace(self, alike=False).address(gone=self.trail[:-1], at=self.trail[-1]) if self.trail else ""


@pages.get("/coding/")
@open_to(Role.VOICE)
def show_coding() -> ResponseReturnValue:
    return _page(request.args.get("at", ""))


@pages.post("/coding/<excerpt_id>")
@open_to(Role.VOICE)
def code_answer(excerpt_id: str) -> ResponseReturnValue:
    asked, form = _asked(), CodingForm(request.form)
    if not form.validate() or not _kept(excerpt_id, form, second=asked.second):
        return _page(excerpt_id, form), 422
    return redirect(asked.after(excerpt_id, alike=_kept_alike(excerpt_id, form, second=asked.second)), 303)


@pages.post("/coding/<excerpt_id>/undo")
@open_to(Role.VOICE)
def undo_coding(excerpt_id: str) -> ResponseReturnValue:
    asked = _asked()
    back = alike.take_back_alike(excerpt_id, by=me()) if asked.alike else 1
    if not asked.alike:
        actions.take_back(excerpt_id, by=me())
    flash(f"Taken back: {several(back, 'answer is', 'answers are')} as before.")
    gone = tuple(one for one in asked.trail if one != excerpt_id)
    return redirect(replace(asked, alike=False).address(gone=gone, at=excerpt_id), 303)


@pages.post("/coding/learn")
@open_to(Role.VOICE)
def learn_codes() -> ResponseReturnValue:
    asked = _asked()
    actions.ask_to_learn(asked.subject)
    flash("The worker learns from what was coded. Go on meanwhile.")
    return redirect(replace(asked, awaited=True).address(), 303)


def _kept(excerpt_id: str, form: CodingForm, *, second: bool) -> bool:
    """Keep it; what somebody else did meanwhile is said beside the themes, and what was ticked stays."""
    try:
        if second:
            actions.code_again(excerpt_id, form.record(), by=me(), today=today())
        else:
            actions.code(excerpt_id, form.record(), by=me(), today=today(), seen=form.seen_coders())
    except NotOpen as wrong:
        form.themes.errors = [str(wrong)]
    return not form.errors


def _kept_alike(excerpt_id: str, form: CodingForm, *, second: bool) -> bool:
    """Keep the same for what says exactly the same, where that was ticked; gives whether there was any."""
    if second or not form.alike.data:
        return False
    others = alike.code_alike(excerpt_id, form.record(), by=me(), today=today())
    if others:
        flash(f"Kept for {others + 1} answers that say exactly the same.")
    return others > 0


def _asked() -> _Asked:
    said = request.args
    trail = trail_of(said.get("trail", ""), longest=TRAIL)
    second, keys = bool(said.get("second")), said.get("keys") != "off"
    past = "".join(trail_of(said.get("past", ""), longest=1))
    return _Asked(
        said.get("subject", ""),
        said.get("item", ""),
        second,
        trail,
        keys,
        past,
        bool(said.get("awaited")),
        bool(said.get("alike")),
    )


def _page(at: str, form: CodingForm | None = None) -> str:
    asked = _asked()
    where = coding.place_to_code(asked.subject)
    places = queries.reading_places()
    if where is None:
        return render_template("analysis/desk/coding_empty.html")
    which, by = Which(where, asked.item, asked.second), me().id
    work = coding.work_on_coding(where)
    asked = replace(asked, subject=where.subject, awaited=bool(work))
    answer = coding.answer_in(which, at, by=by) if at else coding.next_to_code(which, by=by, past=asked.past)
    last = asked.trail[-1] if asked.trail else ""
    said = coders(answer.id) if answer and not asked.second else []
    return render_template(
        "analysis/desk/coding.html",
        asked=asked, which=which, answer=answer, places=places, form=form or CodingForm(MultiDict()),
        lines=_lines(answer, form, second=asked.second, by=by), by=by, progress=coding.progress(which, by=by),
        coders=said, same=len(uncoded_like(answer.id)) if answer and not asked.second and not said else 0,
        undo=last if last and coding.coded_by(last, by) else "", enough=FEWEST_TO_LEARN,
        work=work, items=next((said for one, said in places if one == where), {}),
    )  # fmt: skip


def _lines(answer: Excerpt | None, form: CodingForm | None, *, second: bool, by: int) -> list[coding.Line]:
    if answer is None:
        return []
    lines = coding.frame_beside(answer.id, answer.words, second=second, by=by)
    return lines if form is None else [replace(one, on=one.theme_id in form.ticked()) for one in lines]
