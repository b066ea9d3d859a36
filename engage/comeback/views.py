"""The receipt page: what happened to what I said, and messages left for me."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import Who, open_to
from engage.comeback import actions, queries
from engage.comeback.forms import AnswerForm, AnswerOnceMoreForm, FeltForm, WordsForm
from engage.receipts.words import split
from engage.safeguarding.actions import answer_message, mark_messages_read
from engage.safeguarding.ear import expect_receipts, listen
from engage.shared.clock import now, today
from engage.shared.sent_again import from_afar
from engage.youwesaid.rules.concerns import STATE_WORDS
from engage.youwesaid.rules.felt_check import ANSWERS

pages = Blueprint("comeback", __name__, url_prefix="/receipt", template_folder="templates")


@pages.get("")
@open_to(Who.ANYONE)
def ask() -> ResponseReturnValue:
    return render_template("comeback/ask.html", form=WordsForm())


@pages.post("")
@open_to(Who.ANYONE)
def show() -> ResponseReturnValue:
    form = WordsForm()
    receipt_hash = actions.recognise(form.record()) if form.validate() else None
    if receipt_hash is None:
        return _ask_again(form)
    mark_messages_read(receipt_hash, at=now())
    return _story(receipt_hash, _answering(form.words.data))


@pages.post("/answer")
@open_to(Who.ANYONE)
def answer() -> ResponseReturnValue:
    form = AnswerForm()
    words, typed = form.record()
    receipt_hash = actions.recognise(words)
    if receipt_hash is None:
        return _ask_again(AnswerOnceMoreForm())
    if not form.validate():
        return _story(receipt_hash, form), 422
    answer_message(receipt_hash, typed, at=now())
    return _story(receipt_hash, _answering(form.words.data), answered=True)


@pages.post("/felt")
@open_to(Who.ANYONE)
def answer_felt() -> ResponseReturnValue:
    form = FeltForm()
    receipt_hash = actions.recognise(tuple(split(form.words.data or "")))
    if receipt_hash is None:
        return _ask_again(WordsForm(MultiDict({"words": form.words.data or ""})))
    check_id, answer = form.record()
    actions.answer_felt(receipt_hash, check_id, answer, today=today())
    return _story(receipt_hash, _answering(form.words.data))


@pages.errorhandler(CSRFError)
def ask_anew(_error: CSRFError) -> ResponseReturnValue:
    """Ask for the four words anew, with the answer that was typed; the words come back into no page.

    Who sends an old page once more may be the next person at this phone: what the words open is not theirs to see.
    """
    keep = request.endpoint == "comeback.answer" and not from_afar()
    form = AnswerOnceMoreForm() if keep else WordsForm(MultiDict())
    form.words.data = ""
    form.words.errors = [
        _(
            "This page was open for a long time, or something else was opened here since. Nothing was deleted or "
            "changed. Type your four words once more."
        )
    ]
    return render_template("comeback/ask.html", form=form), 422


def _ask_again(form: WordsForm) -> ResponseReturnValue:
    if not form.errors:
        form.validate()
        form.say_unknown()
    return render_template("comeback/ask.html", form=form), 422


def _story(receipt_hash: bytes, form: AnswerForm, *, answered: bool = False) -> str:
    return render_template(
        "comeback/story.html",
        story=queries.story_of(receipt_hash, today=today()),
        form=form,
        answered=answered,
        state_words=STATE_WORDS,
        answers=ANSWERS,
        today=today(),
    )


def _answering(words: str) -> AnswerForm:
    return AnswerForm(MultiDict({"words": words}))


def _holder() -> bytes | None:
    return actions.holder(tuple(split(request.form.get("words", ""))))


listen(
    pages,
    secret=lambda: None,
    place=lambda field: "Answer to a message" if field == "answer" else "Receipt page",
    holder=_holder,
)
expect_receipts(pages, frozenset({"comeback.show", "comeback.answer", "comeback.answer_felt"}))
