"""A certificate for somebody who was there; the name on it is kept nowhere."""

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import Who, open_to
from engage.forums.forms.certificate import CertificateForm
from engage.forums.queries import forums, sign_ups
from engage.forums.rules.forums import Forum
from engage.forums.views.blueprint import pages
from engage.forums.views.opening import opened
from engage.shared.errors import NotOpen
from engage.shared.words import N_


@pages.get("/mine/<token>/certificate")
@open_to(Who.ANYONE)
def ask_certificate(token: str) -> ResponseReturnValue:
    form = CertificateForm(MultiDict())
    return render_template("forums/certificate.html", forum=_attended(token), form=form, token=token, name="")


@pages.post("/mine/<token>/certificate")
@open_to(Who.ANYONE)
def make_certificate(token: str) -> ResponseReturnValue:
    forum, form = _attended(token), CertificateForm()
    if not form.validate():
        return render_template("forums/certificate.html", forum=forum, form=form, token=token, name=""), 422
    return render_template("forums/certificate.html", forum=forum, form=form, token=token, name=form.name.data)


def _attended(token: str) -> Forum:
    """Give the forum. Raises `NotFound` for a wrong link, `NotOpen` for somebody who was not there."""
    one = opened(sign_ups.sign_up_of, token)
    if one.state != "attended":
        raise NotOpen(N_("A certificate is for those who were there. Were you? Ask the team."))
    return forums.forum(one.forum_id)
