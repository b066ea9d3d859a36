"""Ask somebody to get in touch: kept apart from the answers, sealed with another key."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, open_to
from engage.receipts.words import hashed
from engage.safeguarding.actions.messages import ask_for_contact
from engage.shared.clock import now
from engage.shared.languages import language
from engage.surveys.forms.young import ContactForm
from engage.surveys.queries.waves import wave
from engage.surveys.views.blueprint import pages
from engage.surveys.views.holding import known_sitting


@pages.get("/<code>/contact")
@open_to(Who.ANYONE)
def ask_contact(code: str) -> ResponseReturnValue:
    return render_template("surveys/contact.html", wave=wave(code).in_(language()), form=ContactForm())


@pages.post("/<code>/contact")
@open_to(Who.ANYONE)
def keep_contact(code: str) -> ResponseReturnValue:
    asked, form = wave(code), ContactForm()
    if not form.validate():
        return render_template("surveys/contact.html", wave=asked.in_(language()), form=form), 422
    words, connect = form.record()
    known = known_sitting(code) if connect else None
    ask_for_contact(words, receipt_hash=hashed(known.words) if known else None, at=now())
    return redirect(url_for("surveys.show_contact_kept", code=code), 303)


@pages.get("/<code>/contact/kept")
@open_to(Who.ANYONE)
def show_contact_kept(code: str) -> ResponseReturnValue:
    return render_template("surveys/contact_kept.html", wave=wave(code).in_(language()))
