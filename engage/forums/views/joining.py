"""Signing up: a page to fill in, a page to check, and the sending of both."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engage.accounts.guards import Who, open_to
from engage.forums.actions import signing_up as actions
from engage.forums.actions.adding import AlreadyThere
from engage.forums.actions.again import send_link_again
from engage.forums.forms.group import MOST, GroupForm, WorkForm
from engage.forums.forms.young import YoungForm
from engage.forums.queries.forums import known_agencies
from engage.forums.rules.forums import Forum
from engage.forums.rules.places import ADULT_PLACES, YOUNG_PLACES, Place
from engage.forums.rules.signing_up import SignedUp, SignedUpGroup, kinds_of_place
from engage.forums.views import ticket
from engage.forums.views.blank import Own, blank, drawn, uncounted
from engage.forums.views.blueprint import pages
from engage.forums.views.public import to_join
from engage.shared.clock import now
from engage.shared.errors import NotValid
from engage.shared.languages import language

NOT_KEPT = ("csrf_token", "more", ticket.NAME)


@dataclass(frozen=True)
class Way:
    """One way to sign up: its form, its pages, and what sends it; `name` is the end of its endpoints."""

    name: str
    form: Callable[..., Any]
    send: Callable[[Forum, Any, bytes], SignedUp | SignedUpGroup]
    known: Callable[[int], list[str]] = lambda _forum_id: []  # the agencies to choose from

    def fill_in(self, forum: Forum, form: Any) -> str:
        """Render the page to fill in."""
        page = f"forums/{self.name}.html"
        return render_template(
            page, forum=forum, form=form, most=MOST, invitation=_invitation(), agencies=self.known(forum.id)
        )

    def check(self, slug: str) -> ResponseReturnValue:
        """Show what was typed, to be checked, or the page again with what is missing."""
        issued = ticket.issue()
        forum = to_join(slug)
        form = self.form(forum)
        if not form.validate():
            return self.fill_in(forum, form), 422
        return self._checking(forum, form, issued)

    def change(self, slug: str) -> ResponseReturnValue:
        """Show the page to fill in once more, with what was typed."""
        forum = to_join(slug)
        form = self.form(forum)
        if request.form.get("more"):
            form.one_more()
        return self.fill_in(forum, form)

    def sent(self, slug: str) -> ResponseReturnValue:
        """Sign up and lead to the page of one's own; say what stands against it on the page."""
        forum, attempt = to_join(slug), ticket.attempt()
        form = self.form(forum)
        if attempt is None or not form.validate():
            return self.fill_in(forum, form), 422
        try:
            return _own_page(self.send(forum, form, attempt))
        except AlreadyThere:
            send_link_again(forum.id, form.record())
            return render_template("forums/again.html")
        except NotValid as problem:
            form.form_errors.append(gettext(str(problem)))
            return self.fill_in(forum, form), 422

    def _checking(self, forum: Forum, form: Any, issued: str) -> str:
        typed = {name: value for name, value in request.form.items() if name not in NOT_KEPT}
        drawing = current_app.jinja_env.get_template("forums/typed.html").module
        own = {
            "answers": drawing.lines(form.answers()),  # type: ignore[attr-defined]  # a macro of the template
            "typed": drawing.fields(typed | {ticket.NAME: issued}),  # type: ignore[attr-defined]  # the same
        }
        people = form.people()

        def draw(words: Own) -> str:
            facts = {"forum": forum, "people": people, "way": self.name, "invitation": _invitation()}
            return render_template("forums/check.html", **facts, **words)

        # What other people are called is kept by no page.
        return draw(own) if people else drawn((request.full_path, self.name, uncounted(forum)), own, draw)


def _invitation() -> str | None:
    return request.args.get("invitation")


def _own_page(made: SignedUp | SignedUpGroup) -> ResponseReturnValue:
    page = "forums.show_group" if isinstance(made, SignedUpGroup) else "forums.show_mine"
    return redirect(url_for(page, token=made.token), 303)


def _one(forum: Forum, form: Any, attempt: bytes) -> SignedUp:
    return actions.sign_up(forum.id, form.record(), at=now(), language=language(), attempt=attempt)


def _several(forum: Forum, form: Any, attempt: bytes) -> SignedUpGroup:
    return actions.sign_up_group(forum.id, form.record_group(), at=now(), language=language(), attempt=attempt)


def _ages(forum: Forum) -> tuple[int, int]:
    return forum.plan.age_from, forum.plan.age_to


def _not_asked(forum: Forum, name: str, places: tuple[Place, ...]) -> tuple[str, ...]:
    """Which place is theirs is asked only where there are two types of it."""
    return () if len(kinds_of_place(places, forum.plan.limits)) > 1 else (name,)


def _young(forum: Forum) -> YoungForm:
    return YoungForm(ages=_ages(forum), leave_out=_not_asked(forum, "ambassador", YOUNG_PLACES))


def _work(forum: Forum) -> WorkForm:
    return WorkForm(leave_out=_not_asked(forum, "facilitator", ADULT_PLACES))


YOUNG = Way("young", _young, _one)
GROUP = Way(
    "group",
    lambda forum: GroupForm(ages=_ages(forum), leave_out=("facilitator",)),
    _several,
    known_agencies,
)
WORK = Way("work", _work, _one, known_agencies)


@pages.get("/<slug>/come")
@open_to(Who.ANYONE)
def ask_young(slug: str) -> ResponseReturnValue:
    forum = to_join(slug)
    return blank(forum, lambda: YOUNG.fill_in(forum, YOUNG.form(forum)))


@pages.post("/<slug>/come")
@open_to(Who.ANYONE)
def check_young(slug: str) -> ResponseReturnValue:
    return YOUNG.check(slug)


@pages.post("/<slug>/come/change")
@open_to(Who.ANYONE)
def change_young(slug: str) -> ResponseReturnValue:
    return YOUNG.change(slug)


@pages.post("/<slug>/come/send")
@open_to(Who.ANYONE)
def send_young(slug: str) -> ResponseReturnValue:
    return YOUNG.sent(slug)


@pages.get("/<slug>/group")
@open_to(Who.ANYONE)
def ask_group(slug: str) -> ResponseReturnValue:
    forum = to_join(slug)
    return GROUP.fill_in(forum, GROUP.form(forum))


@pages.post("/<slug>/group")
@open_to(Who.ANYONE)
def check_group(slug: str) -> ResponseReturnValue:
    return GROUP.check(slug)


@pages.post("/<slug>/group/change")
@open_to(Who.ANYONE)
def change_group(slug: str) -> ResponseReturnValue:
    return GROUP.change(slug)


@pages.post("/<slug>/group/send")
@open_to(Who.ANYONE)
def send_group(slug: str) -> ResponseReturnValue:
    return GROUP.sent(slug)


@pages.get("/<slug>/work")
@open_to(Who.ANYONE)
def ask_work(slug: str) -> ResponseReturnValue:
    forum = to_join(slug)
    return WORK.fill_in(forum, WORK.form(forum))


@pages.post("/<slug>/work")
@open_to(Who.ANYONE)
def check_work(slug: str) -> ResponseReturnValue:
    return WORK.check(slug)


@pages.post("/<slug>/work/change")
@open_to(Who.ANYONE)
def change_work(slug: str) -> ResponseReturnValue:
    return WORK.change(slug)


@pages.post("/<slug>/work/send")
@open_to(Who.ANYONE)
def send_work(slug: str) -> ResponseReturnValue:
    return WORK.sent(slug)
