"""What the code of a poster opens: one question for young people about one thing that we said is done, one tap."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.safeguarding.ear import listen
from engage.shared import throttle
from engage.shared.clock import today
from engage.shared.languages import language
from engage.youwesaid.actions.felt_answers import answer_on_poster
from engage.youwesaid.forms.felt_answer import FeltAnswerForm
from engage.youwesaid.queries.felt_public import question
from engage.youwesaid.queries.public import concern
from engage.youwesaid.rules.felt_check import ANSWERS

MOST = 40  # taps from one place in this hour and the last: a class shares one address
pages = Blueprint("felt", __name__, url_prefix="/felt", template_folder="../templates")


@pages.get("/<code>")
@open_to(Who.ANYONE)
def ask_felt(code: str) -> ResponseReturnValue:
    return _page(code, FeltAnswerForm())


@pages.post("/<code>")
@open_to(Who.ANYONE)
def answer_felt(code: str) -> ResponseReturnValue:
    throttle.slow_down("felt", most=MOST)
    form = FeltAnswerForm()
    if not form.validate():
        return _page(code, form), 422
    answer_on_poster(question(code, today=today()).check_id, form.answer.data, today=today())
    return redirect(url_for("felt.show_kept", code=code), 303)


@pages.get("/<code>/kept")
@open_to(Who.ANYONE)
def show_kept(code: str) -> ResponseReturnValue:
    return render_template("youwesaid/felt_kept.html", question=question(code, today=today()))


def _page(code: str, form: FeltAnswerForm) -> str:
    asked = question(code, today=today())
    return render_template(
        "youwesaid/felt_question.html",
        question=asked, concern=concern(asked.slug, today=today(), language=language()), form=form, answers=ANSWERS,
    )  # fmt: skip


listen(pages, secret=lambda: None, place=lambda _field: "Question on a poster")
