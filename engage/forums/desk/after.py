"""Staff pages: what came of a forum, and telling those who were there."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import me, open_to
from engage.accounts.rules import Role
from engage.forums.actions import after as actions
from engage.forums.desk.pages import pages
from engage.forums.forms.after import AnswerForm
from engage.forums.queries.after import answers
from engage.forums.queries.forums import forum
from engage.shared.clock import now, today


@pages.get("/<int:forum_id>/after")
@open_to(Role.VOICE, Role.SAFEGUARDING, Role.PQA, Role.SCRUTINEER)
def show_after(forum_id: int) -> ResponseReturnValue:
    return _page(forum_id, AnswerForm(MultiDict()))


@pages.post("/<int:forum_id>/after")
@open_to(Role.VOICE)
def say_what_happened(forum_id: int) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate():
        return _page(forum_id, form), 422
    actions.say_what_happened(forum_id, form.record(), by=me(), at=now())
    flash("It stands on the public page, and everybody who signed up gets a letter with their link.")
    return redirect(url_for("forums_desk.show_after", forum_id=forum_id), 303)


@pages.post("/<int:forum_id>/after/<int:answer_id>/back")
@open_to(Role.VOICE)
def take_answer_back(forum_id: int, answer_id: int) -> ResponseReturnValue:
    actions.take_answer_back(forum_id, answer_id)
    flash("It is off the public page.")
    return redirect(url_for("forums_desk.show_after", forum_id=forum_id), 303)


def _page(forum_id: int, form: AnswerForm) -> str:
    here = forum(forum_id)
    late = here.state == "ended" and here.plan.promised_on is not None and here.plan.promised_on < today()
    return render_template(
        "forums/desk/after.html", forum=here, form=form, answers=answers(forum_id), late=late, roles=me().roles
    )
