"""Stop and come back: pause with four words, go on elsewhere, see or delete what was sent."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import Who, open_to
from engage.receipts.words import hashed
from engage.shared import db, throttle
from engage.shared.clock import today
from engage.shared.errors import NotFound
from engage.shared.keeping import ALERTS
from engage.shared.languages import language
from engage.surveys.actions.changing import begin_change
from engage.surveys.actions.sittings import delete_sent, save
from engage.surveys.forms.young import WordsForm, typed_into
from engage.surveys.queries.sittings import Draft, Sitting, draft_of_receipt, sent_of_receipt
from engage.surveys.queries.waves import definition_of, wave
from engage.surveys.rules.said import said_in
from engage.surveys.rules.waves import Wave
from engage.surveys.views.blueprint import pages
from engage.surveys.views.holding import check_let_in, known_draft, known_sitting, sitting, take_up

WORDS_POSTS = {f"surveys.{view}" for view in ("open_mine", "change_mine", "delete_mine")}
PURPOSE, MOST = "survey words", 80  # wrong tries an hour from one place: 35 pupils behind one may each slip twice


@pages.post("/<code>/pause")
@open_to(Who.ANYONE)
def pause(code: str) -> ResponseReturnValue:
    asked = wave(code)
    check_let_in(asked)
    definition = definition_of(asked)
    typed = typed_into(request.form, [*definition.fields, "_at", "_shared"], numbers=definition.typed_numbers)
    save(wave=asked, sitting=sitting(asked), typed=typed, today=today(), whole=True)
    return redirect(url_for("surveys.show_pause", code=code), 303)


@pages.get("/<code>/paused")
@open_to(Who.ANYONE)
def show_pause(code: str) -> ResponseReturnValue:
    asked, known = wave(code), known_sitting(code)
    kept = known_draft(asked)
    if known is None or kept is None or kept.sent:  # the words of what was sent open it, so they are not shown here
        return redirect(url_for("surveys.show", code=code), 303)
    return render_template("surveys/paused.html", wave=asked.in_(language()), words=known.words)


@pages.get("/<code>/mine")
@open_to(Who.ANYONE)
def ask_words(code: str) -> ResponseReturnValue:
    return render_template("surveys/mine.html", wave=wave(code).in_(language()), form=WordsForm())


@pages.post("/<code>/mine")
@open_to(Who.ANYONE)
def open_mine(code: str) -> ResponseReturnValue:
    throttle.check(PURPOSE, most=MOST)
    asked, form = wave(code), WordsForm()
    if not form.validate():
        return render_template("surveys/mine.html", wave=asked.in_(language()), form=form), 422
    return _found(asked, form) or _unknown(asked, form)


@pages.post("/<code>/mine/delete")
@open_to(Who.ANYONE)
def delete_mine(code: str) -> ResponseReturnValue:
    throttle.check(PURPOSE, most=MOST)
    asked, form = wave(code), WordsForm()
    if not form.validate() or not delete_sent(wave_id=asked.id, receipt_hash=hashed(form.record())):
        return _unknown(asked, form)
    return redirect(url_for("surveys.show_deleted", code=code), 303)


@pages.post("/<code>/mine/change")
@open_to(Who.ANYONE)
def change_mine(code: str) -> ResponseReturnValue:
    throttle.check(PURPOSE, most=MOST)
    asked, form = wave(code), WordsForm()
    if not form.validate():
        return _unknown(asked, form)
    try:
        take_up(asked, begin_change(wave=asked, typed=form.record(), today=today()))
    except NotFound:
        return _unknown(asked, form)
    return redirect(url_for("surveys.show", code=code), 303)


@pages.get("/<code>/mine/deleted")
@open_to(Who.ANYONE)
def show_deleted(code: str) -> ResponseReturnValue:
    return render_template("surveys/deleted.html", wave=wave(code).in_(language()), kept_days=ALERTS.days)


def ask_words_again(code: str) -> ResponseReturnValue:
    """Say of a page with the words that it no longer counts, and ask for them anew: few browsers can go back to it."""
    form = WordsForm(MultiDict())
    form.words.errors = [
        _(
            "This page was open for a long time, or something else was opened here since. Nothing was deleted or "
            "changed. Type your four words once more."
        )
    ]
    return render_template("surveys/mine.html", wave=wave(code).in_(language()), form=form), 422


def _found(asked: Wave, form: WordsForm) -> ResponseReturnValue | None:
    receipt = hashed(form.record())
    sent = sent_of_receipt(asked.id, receipt)
    if sent is None:
        return _gone_on(asked, form, draft_of_receipt(asked.id, receipt))
    said = said_in(definition_of(asked), sent.given, language=language())
    may_change = asked.takes_answers(today())
    page = asked.in_(language())
    return render_template("surveys/mine_sent.html", wave=page, said=said, form=form, may_change=may_change)


def _gone_on(asked: Wave, form: WordsForm, draft: Draft | None) -> ResponseReturnValue | None:
    if draft is None:
        return None
    take_up(asked, Sitting(draft.key, form.record()))
    return redirect(url_for("surveys.show", code=asked.code), 303)


def _unknown(asked: Wave, form: WordsForm) -> ResponseReturnValue:
    db.session.rollback()
    if asked.state == "reported":
        return render_template("surveys/unlinked.html", wave=asked.in_(language()))
    throttle.count(PURPOSE)
    form.words.errors = [_("We don't know these words here. Look at each word, and the order.")]
    return render_template("surveys/mine.html", wave=asked.in_(language()), form=form), 422
