"""Ask somebody to get in touch: kept apart from the answers, sealed with another key."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from engage.accounts.guards import Who, open_to
from engage.receipts.words import hashed
from engage.safeguarding.actions.messages import ask_for_contact
from engage.shared.clock import now
from engage.shared.languages import language
from engage.surveys.forms.young import ContactForm
from engage.surveys.queries.waves import wave
from engage.surveys.rules.waves import Wave
from engage.surveys.views.blueprint import pages
from engage.surveys.views.holding import has_sent, known_sitting, note_asking


@pages.get("/<code>/contact")
@open_to(Who.ANYONE)
def ask_contact(code: str) -> ResponseReturnValue:
    asked = wave(code)
    note_asking(asked)
    return _form(asked, ContactForm())


@pages.post("/<code>/contact")
@open_to(Who.ANYONE)
def keep_contact(code: str) -> ResponseReturnValue:
    asked, form = wave(code), ContactForm()
    if not form.validate():
        return _form(asked, form), 422
    words, connect = form.record()
    known = known_sitting(code) if connect else None
    ask_for_contact(words, receipt_hash=hashed(known.words) if known else None, at=now())
    return redirect(url_for("surveys.show_contact_kept", code=code), 303)


@pages.get("/<code>/contact/kept")
@open_to(Who.ANYONE)
def show_contact_kept(code: str) -> ResponseReturnValue:
    return render_template("surveys/contact_kept.html", wave=wave(code).in_(language()), back=_back(code))


def ask_contact_again(code: str) -> ResponseReturnValue:
    """Show the form again with what was typed, and a token that counts; the tick has to be made anew.

    Somebody else may have begun to answer on this phone since: their answers are not whose they would be shown as.
    """
    asked, form = wave(code), ContactForm()
    form.words.errors = [_("This page was open for a long time. What you typed is still here: press the button again.")]
    if form.connect.data:
        form.connect.data, form.connect.errors = False, [_("Tick this once more, if you still want it.")]
    return _form(asked, form), 422


def _form(asked: Wave, form: ContactForm) -> str:
    return render_template("surveys/contact.html", wave=asked.in_(language()), form=form, back=_back(asked.code))


def _back(code: str) -> str:
    """The page that led here: who has sent goes back to their four words, while these are shown."""
    return url_for("surveys.show_thanks" if has_sent(code) else "surveys.show", code=code)
