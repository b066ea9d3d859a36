"""Signing up: a page to fill in, a page to check, and the sending of both; Back finds what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from typing_extensions import override
from werkzeug.datastructures import MultiDict

from engage.accounts.guards import Who, open_to
from engage.forums.actions import signing_up as actions
from engage.forums.actions.adding import AlreadyThere, group_before, sent_before
from engage.forums.actions.again import send_group_link_again, send_link_again
from engage.forums.forms.group import MOST, GroupForm, WorkForm
from engage.forums.forms.young import YoungForm
from engage.forums.queries.agencies import listed_agencies
from engage.forums.rules.drafts import Draft
from engage.forums.rules.forums import Forum
from engage.forums.rules.places import ADULT_PLACES, YOUNG_PLACES, Place
from engage.forums.rules.signing_up import SignedUp, SignedUpGroup, kinds_of_place
from engage.forums.views import ticket, typed
from engage.forums.views.blank import Own, blank, drawn, uncounted
from engage.forums.views.blueprint import pages
from engage.forums.views.public import to_join, to_show
from engage.shared.clock import now
from engage.shared.errors import NotValid
from engage.shared.languages import language

Boxes = MultiDict[str, str]


@dataclass(frozen=True)
class Way:
    """One way to sign up: its form, its pages, and what sends it; `name` is the end of its endpoints."""

    name: str
    form: Callable[[Forum, Boxes | None], Any]
    send: Callable[[Forum, Any, bytes], SignedUp | SignedUpGroup]
    before: Callable[[int, bytes | None], SignedUp | SignedUpGroup | None]
    send_again: Callable[[Forum, Any], None]

    def ask(self, slug: str) -> ResponseReturnValue:
        """Show the page to fill in: empty, or with what this visitor typed and what is missing of it."""
        forum = to_join(slug)
        kept = typed.kept(forum, self.name)
        if kept is None:
            return self.empty(forum)
        form = self.form(forum, typed.boxes(kept))
        wrong = kept.checked and not form.validate()
        return self.fill_in(forum, form, kept=True), 422 if wrong else 200

    def empty(self, forum: Forum) -> str:
        """Render the page with nothing in it."""
        return self.fill_in(forum, self.form(forum, None))

    def fill_in(self, forum: Forum, form: Any, *, kept: bool = False) -> str:
        """Render the page to fill in; `kept`: with what was typed before."""
        facts = {"forum": forum, "form": form, "most": MOST, "invitation": _invitation(), "kept": kept}
        return render_template(f"forums/{self.name}.html", way=self.name, **facts)

    def check(self, slug: str) -> ResponseReturnValue:
        """Keep what was typed, and lead to the page that checks it, or back to what is missing."""
        issued = ticket.issue()
        forum = to_join(slug)
        typed.keep(forum, self.name, issued=issued)
        return self._to("review" if self.form(forum, request.form).validate() else "ask", slug)

    def review(self, slug: str) -> ResponseReturnValue:
        """Show what was typed, to be checked."""
        forum = to_join(slug)
        kept = typed.kept(forum, self.name)
        if kept is None:
            return self._nothing_there(forum)
        form = self.form(forum, typed.boxes(kept))
        return self._checking(forum, form, kept) if form.validate() else self._to("ask", slug)

    def sent(self, slug: str) -> ResponseReturnValue:
        """Sign up and lead to the page of one's own; what was typed is forgotten here with that."""
        forum, attempt = to_join(slug), ticket.attempt()
        kept = typed.kept(forum, self.name)
        if kept is None:
            made = self.before(forum.id, attempt)
            return _own_page(made) if made else self._nothing_there(forum)
        form = self.form(forum, typed.boxes(kept))
        if attempt is None or kept.ticket != ticket.sent() or not form.validate():
            return self._to("review", slug)
        return self._send(forum, form, attempt)

    def _send(self, forum: Forum, form: Any, attempt: bytes) -> ResponseReturnValue:
        try:
            leads_to = _own_page(self.send(forum, form, attempt))
        except AlreadyThere:
            self.send_again(forum, form)
            leads_to = redirect(url_for("forums.show_again"), 303)
        except NotValid as problem:
            form.form_errors.append(gettext(str(problem)))
            return self.fill_in(forum, form, kept=True), 422
        typed.forget(forum, self.name)
        return leads_to

    def _to(self, page: str, slug: str) -> ResponseReturnValue:
        return redirect(url_for(f"forums.{page}_{self.name}", slug=slug, invitation=_invitation()), 303)

    def _nothing_there(self, forum: Forum) -> ResponseReturnValue:
        return render_template("forums/gone.html", forum=forum, way=self.name, invitation=_invitation()), 410

    def _checking(self, forum: Forum, form: Any, kept: Draft) -> str:
        drawing = current_app.jinja_env.get_template("forums/typed.html").module
        answers = drawing.lines(form.answers())  # type: ignore[attr-defined]  # a macro of the template
        own = {"answers": answers, "ticket": kept.ticket}
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


def _one_again(forum: Forum, form: Any) -> None:
    send_link_again(forum.id, form.record())


def _several_again(forum: Forum, form: Any) -> None:
    send_group_link_again(forum.id, form.record_group())


def _ages(forum: Forum) -> tuple[int, int]:
    return forum.plan.age_from, forum.plan.age_to


def _not_asked(forum: Forum, name: str, places: tuple[Place, ...]) -> tuple[str, ...]:
    """Which place is theirs is asked only where there are two types of it."""
    return () if len(kinds_of_place(places, forum.plan.limits)) > 1 else (name,)


def _young(forum: Forum, boxes: Boxes | None) -> YoungForm:
    return YoungForm(boxes, ages=_ages(forum), leave_out=_not_asked(forum, "ambassador", YOUNG_PLACES))


def _group(forum: Forum, boxes: Boxes | None) -> GroupForm:
    return GroupForm(boxes, ages=_ages(forum), leave_out=("facilitator",), agencies=listed_agencies(forum.id))


def _work(forum: Forum, boxes: Boxes | None) -> WorkForm:
    left_out = _not_asked(forum, "facilitator", ADULT_PLACES)
    return WorkForm(boxes, leave_out=left_out, agencies=listed_agencies(forum.id))


class Young(Way):
    """The empty page is drawn once for all young people."""

    @override
    def empty(self, forum: Forum) -> str:
        return blank(forum, lambda: super(Young, self).empty(forum))


YOUNG = Young("young", _young, _one, sent_before, _one_again)
GROUP = Way("group", _group, _several, group_before, _several_again)
WORK = Way("work", _work, _one, sent_before, _one_again)


@pages.get("/<slug>/come")
@open_to(Who.ANYONE)
def ask_young(slug: str) -> ResponseReturnValue:
    return YOUNG.ask(slug)


@pages.post("/<slug>/come")
@open_to(Who.ANYONE)
def check_young(slug: str) -> ResponseReturnValue:
    return YOUNG.check(slug)


@pages.get("/<slug>/come/check")
@open_to(Who.ANYONE)
def review_young(slug: str) -> ResponseReturnValue:
    return YOUNG.review(slug)


@pages.post("/<slug>/come/send")
@open_to(Who.ANYONE)
def send_young(slug: str) -> ResponseReturnValue:
    return YOUNG.sent(slug)


@pages.get("/<slug>/group")
@open_to(Who.ANYONE)
def ask_group(slug: str) -> ResponseReturnValue:
    return GROUP.ask(slug)


@pages.post("/<slug>/group")
@open_to(Who.ANYONE)
def check_group(slug: str) -> ResponseReturnValue:
    return GROUP.check(slug)


@pages.post("/<slug>/group/more")
@open_to(Who.ANYONE)
def one_more_in_group(slug: str) -> ResponseReturnValue:
    ticket.issue()  # as slow as the page that checks
    forum = to_join(slug)
    people = min(len(_group(forum, request.form).members) + 1, MOST)
    typed.keep(forum, "group", more=tuple(f"members-{number}-first_name" for number in range(people)))
    return redirect(url_for("forums.ask_group", slug=slug, invitation=_invitation(), _anchor=f"person-{people}"), 303)


@pages.get("/<slug>/group/check")
@open_to(Who.ANYONE)
def review_group(slug: str) -> ResponseReturnValue:
    return GROUP.review(slug)


@pages.post("/<slug>/group/send")
@open_to(Who.ANYONE)
def send_group(slug: str) -> ResponseReturnValue:
    return GROUP.sent(slug)


@pages.get("/<slug>/work")
@open_to(Who.ANYONE)
def ask_work(slug: str) -> ResponseReturnValue:
    return WORK.ask(slug)


@pages.post("/<slug>/work")
@open_to(Who.ANYONE)
def check_work(slug: str) -> ResponseReturnValue:
    return WORK.check(slug)


@pages.get("/<slug>/work/check")
@open_to(Who.ANYONE)
def review_work(slug: str) -> ResponseReturnValue:
    return WORK.review(slug)


@pages.post("/<slug>/work/send")
@open_to(Who.ANYONE)
def send_work(slug: str) -> ResponseReturnValue:
    return WORK.sent(slug)


@pages.post("/<slug>/forget/<any(young,group,work):way>")
@open_to(Who.ANYONE)
def forget_typed(slug: str, way: str) -> ResponseReturnValue:
    typed.forget(to_show(slug), way)
    return redirect(url_for(f"forums.ask_{way}", slug=slug, invitation=_invitation()), 303)


@pages.get("/again")
@open_to(Who.ANYONE)
def show_again() -> ResponseReturnValue:
    return render_template("forums/again.html")
