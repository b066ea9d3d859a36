"""Staff page: the four questions after a forum, prepared in one step from the forum's own page."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.shared.clock import today
from engage.shared.errors import NotValid
from engage.surveys.actions.after import prepare_after
from engage.surveys.desk.pages import pages
from engage.surveys.forms.after import AfterForm

READY = "Prepared in every language and open from the day of the forum: its code to scan stands on the forum's page."
NOT_YET = "Prepared in every language, and not open yet. {missing}. Then press “Open it”."


@pages.post("/after")
@open_to(Role.VOICE)
def prepare_after_forum() -> ResponseReturnValue:
    form = AfterForm()
    if not form.validate():
        raise NotValid("Open the page of the forum again, and press once more")
    missing = prepare_after(form.new_wave(), today=today(), roles=me().roles)
    flash(NOT_YET.format(missing=missing) if missing else READY)
    return redirect(url_for("surveys_desk.show_wave", code=form.code.data), 303)
