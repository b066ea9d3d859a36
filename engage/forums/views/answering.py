"""The adult's page: yes or no to each purpose for one young person, changed or taken back at any time."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engage.accounts.guards import Who, open_to
from engage.forums.actions import consents as actions
from engage.forums.forms.place import ConsentForm
from engage.forums.queries import forums as forum_queries
from engage.forums.queries import sign_ups
from engage.forums.queries.after import answers
from engage.forums.queries.changed import changed_since
from engage.forums.queries.history import leader_cancelled
from engage.forums.queries.sign_ups import GuardianAsk
from engage.forums.rules.consents import Purpose
from engage.forums.rules.showing import shown
from engage.forums.rules.standing import adult_choices, may_be_asked, standing
from engage.forums.rules.states import GUARDIAN
from engage.forums.views.blueprint import pages
from engage.forums.views.opening import opened
from engage.shared.clock import now
from engage.shared.errors import NotAllowed, NotValid


@pages.get("/consent/<token>")
@open_to(Who.ANYONE)
def show_consent(token: str) -> ResponseReturnValue:
    ask = opened(sign_ups.guardian_of, token)
    form = ConsentForm()
    form.show(sign_ups.consents(ask.sign_up.id), sign_ups.own_no(ask.sign_up.id))
    return _page(token, ask, form)


@pages.post("/consent/<token>")
@open_to(Who.ANYONE)
def answer(token: str) -> ResponseReturnValue:
    ask, form = opened(sign_ups.guardian_of, token), ConsentForm()
    if not form.validate() or not _kept(ask, form):
        return _page(token, ask, form), 422
    return redirect(url_for("forums.show_consent", token=token), 303)


@pages.post("/consent/<token>/withdraw/<any(attend,leave_alone,photo_inside,photo_public,medical):purpose>")
@open_to(Who.ANYONE)
def withdraw(token: str, purpose: str) -> ResponseReturnValue:
    ask = opened(sign_ups.guardian_of, token)
    actions.withdraw(ask.sign_up.id, Purpose(purpose), at=now(), role=GUARDIAN)
    return redirect(url_for("forums.show_consent", token=token), 303)


@pages.post("/consent/<token>/agree/<any(attend,leave_alone,photo_inside,photo_public,medical):purpose>")
@open_to(Who.ANYONE)
def agree(token: str, purpose: str) -> ResponseReturnValue:
    ask = opened(sign_ups.guardian_of, token)
    actions.agree(ask.sign_up.id, Purpose(purpose), at=now())
    return redirect(url_for("forums.show_consent", token=token), 303)


def _kept(ask: GuardianAsk, form: ConsentForm) -> bool:
    """Keep the answers; what stands against them is said on the page, with everything that was typed."""
    try:
        actions.answer(ask.sign_up.id, form.record(), at=now())
    except (NotAllowed, NotValid) as problem:
        form.form_errors.append(gettext(str(problem)))
        return False
    return True


def _page(token: str, ask: GuardianAsk, form: ConsentForm) -> str:
    one, own_no = ask.sign_up, sign_ups.own_no(ask.sign_up.id)
    forum = forum_queries.forum(one.forum_id)
    return render_template(
        "forums/consent.html",
        token=token,
        ask=ask,
        one=one,
        form=form,
        forum=forum,
        standing=standing(one.state, forum_state=forum.state, why=one.why),
        view=shown(forum, at=now()),
        room=forum_queries.in_room(forum.id) if forum.invited_only else [],
        own_no=own_no,
        answers=answers(forum.id) if forum.state == "fed_back" else [],
        changed=changed_since(forum, ask.asked_at),
        left=one.group_id is not None and one.state == "cancelled" and leader_cancelled(one.id),
        choices=adult_choices(sign_ups.consents(one.id), own_no),
        asks=may_be_asked(one.age, forum_state=forum.state, why=one.why),
    )
