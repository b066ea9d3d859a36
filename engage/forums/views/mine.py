"""The page of one's own: how my place stands, my pass, what I told you, and every way out of it."""

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engage.accounts.guards import Who, open_to, person
from engage.forums.queries import forums as forum_queries
from engage.forums.queries import links, sign_ups
from engage.forums.queries.after import answers
from engage.forums.queries.changed import changed_since
from engage.forums.queries.sign_ups import NamedAdult, SignUp
from engage.forums.rules.calendar import calendar
from engage.forums.rules.consents import ASK_TEAM, RELATION_NAMES, SAID_NO, Purpose, needs_adult
from engage.forums.rules.forums import Forum
from engage.forums.rules.links import Opens
from engage.forums.rules.places import YOUNG_PLACES
from engage.forums.rules.signing_up import HOME
from engage.forums.rules.standing import own_choices, standing
from engage.forums.views.blank import Own, drawn, uncounted
from engage.forums.views.blueprint import pages
from engage.forums.views.opening import opened
from engage.forums.views.picture import picture
from engage.shared import outbox
from engage.shared.clock import now
from engage.shared.languages import moment

MET = ("attended", "no_show")  # afterwards each page is drawn anew: what it leads to opens and closes
TOLD = ("contact", "access", "diet", "role", "agency", "why")  # words of theirs that stand on no other page


@pages.get("/mine/<token>")
@open_to(Who.ANYONE)
def show_mine(token: str) -> ResponseReturnValue:
    return _page(token, opened(sign_ups.sign_up_of, token))


@pages.get("/mine/<token>/calendar.ics")
@open_to(Who.ANYONE)
def show_calendar(token: str) -> ResponseReturnValue:
    forum = forum_queries.forum(opened(sign_ups.sign_up_of, token).forum_id)
    file = calendar(forum, title=gettext("Meeting"), at=now())
    return Response(
        file, mimetype="text/calendar", headers={"Content-Disposition": 'attachment; filename="meeting.ics"'}
    )


@pages.get("/pass/<token>")
@open_to(Who.ANYONE)
def show_pass(token: str) -> ResponseReturnValue:
    if person():
        return redirect(url_for("forums_desk.show_pass", token=token), 303)
    opened(_of_pass, token)
    return render_template("forums/pass.html")


def about(token: str, one: SignUp) -> dict[str, Any]:
    """Give what every page about one's own place shows."""
    forum = forum_queries.lately(one.forum_id)
    return {
        "token": token,
        "one": one,
        "forum": forum,
        "page": page_of(forum),
        "standing": standing(one.state, forum_state=forum.state, why=one.why),
        "is_young": one.place in YOUNG_PLACES,
        "asks_adult": one.age is not None and needs_adult(one.age),
        "ask_team": ASK_TEAM,
    }


def page_of(forum: Forum) -> str:
    """Give the address of a forum's own page; where only invited people come, the one their invitation opens."""
    if forum.invited_only:
        return links.path(Opens.INVITATION, forum.key)
    return url_for("forums.show_forum", slug=forum.slug)


def _of_pass(token: str) -> SignUp:
    return sign_ups.sign_up_of(token, Opens.PASS)


def _page(token: str, one: SignUp) -> str:
    """Give the page of one's own: drawn once for all who stand alike, with what only this one told filled in."""
    facts, said = about(token, one), sign_ups.consents(one.id)
    adult = said.get(Purpose.ATTEND, "given") if facts["asks_adult"] else "given"
    answer = {
        "needs_yes": adult != "given",
        "adult_said_no": adult in SAID_NO and not one.declined and sign_ups.adult_said_no(one.id),
    }
    facts |= {
        "standing": replace(facts["standing"], needs_check=one.needs_check, **answer),
        "choices": own_choices(said, sign_ups.own_yes(one.id) if facts["asks_adult"] else frozenset()),
        "asked_adult": _asked_adult(sign_ups.named_adult(one.id)) if facts["asks_adult"] else None,
        "home": HOME.get(one.home, ""),
        "address": outbox.link(url_for("forums.show_mine", token=token)),
        "changed": changed_since(facts["forum"], one.signed_up_at) if facts["standing"].may_change else None,
    }
    if one.state in MET:
        return _draw_met(one, facts)
    own = _own(one, shows_pass=facts["standing"].shows_pass)
    stands = facts["standing"], bool(one.group_id), one.checks_said, one.checks_seen
    shown = [facts[name] for name in ("choices", "asked_adult", "changed")]
    alike = ("mine", one.place, stands, one.age, one.home, [*own], shown, uncounted(facts["forum"]))
    return drawn(alike, own, partial(_draw, one, facts), link=token)


def _draw_met(one: SignUp, facts: dict[str, Any]) -> str:
    """Give the page of somebody who was there, or was awaited: what happened because of the forum stands on it."""
    came = answers(one.forum_id) if facts["forum"].state == "fed_back" else []
    facts = {**facts, "standing": replace(facts["standing"], told=bool(came)), "answers": came}
    return _draw(one, facts, _own(one, shows_pass=False))


def _asked_adult(named: NamedAdult | None) -> tuple[str, bool] | None:
    """Give whom we asked, in words and never with their address, and whether they have answered."""
    return (RELATION_NAMES[named.relation], named.answered_at is not None) if named else None


def _own(one: SignUp, *, shows_pass: bool) -> dict[str, str]:
    """Give what is on no other page; what there is none of is left out."""
    ahead = sign_ups.ahead_of(one) if one.state == "waitlisted" else 0
    until = one.held_until or one.offered_until
    own = {name: getattr(one, name) for name in TOLD} | {"until": moment(until)}
    own |= {"ahead": str(ahead or ""), "picture": _picture(one) if shows_pass else ""}
    return {"name": one.door_name} | {name: words for name, words in own.items() if words}


def _draw(one: SignUp, facts: dict[str, Any], words: Own) -> str:
    told: dict[str, Any] = {name: words.get(name, "") for name in ("name", *TOLD)}
    shown = {name: words.get(name, "") for name in ("until", "ahead", "picture")}
    return render_template("forums/mine.html", **{**facts, "one": replace(one, initial="", **told)}, **shown)


def _picture(one: SignUp) -> str:
    """Draw the pass: a code that a phone's own camera opens, and that says nothing by itself."""
    return picture(outbox.link(links.ADDRESSES[Opens.PASS]), links.token(Opens.PASS, one.key))
