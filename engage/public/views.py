"""The front door: home, help now, privacy, cookies, accessibility, languages, the way out."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, current_app, redirect, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engage.accounts.guards import Who, open_to
from engage.public.rules import local_address
from engage.safeguarding.rules.signposts import ALWAYS_SHOWN, GROUPS, now_first
from engage.settings import Settings
from engage.shared import heartbeat, keeping
from engage.shared.clock import LONDON, now, today
from engage.shared.languages import language, offered
from engage.surveys.open_waves import open_waves
from engage.youwesaid.queries import public as youwesaid
from engage.youwesaid.rules.concerns import STATE_WORDS

pages = Blueprint("public", __name__, template_folder="templates")
NEWEST = 3
STATEMENT_WRITTEN_ON = date(2026, 11, 23)
NOT_FOR_SEARCH = (
    *("/s/", "/receipt", "/desk", "/follow/yes", "/follow/stop"),
    *(f"/forums/{own}/" for own in ("mine", "group", "consent", "pass", "invited")),
)


@dataclass(frozen=True)
class HelpLine:
    """One line of the box on every page: when to use it, what to call or text, and the same as a link."""

    when: str
    call: str
    link: str


@pages.get("/")
@open_to(Who.ANYONE)
def show_home() -> ResponseReturnValue:
    answered = [concern for concern in youwesaid.concerns(today=today(), language=language()) if concern.told]
    return render_template("public/home.html", waves=open_waves(), answered=answered[:NEWEST], state_words=STATE_WORDS)


@pages.get("/help")
@open_to(Who.ANYONE)
def show_help() -> ResponseReturnValue:
    at = now().astimezone(LONDON)
    return render_template("public/help.html", groups=[(words, now_first(lines, at)) for words, lines in GROUPS])


@pages.get("/privacy")
@open_to(Who.ANYONE)
def show_privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html", keeping=keeping)


@pages.get("/cookies")
@open_to(Who.ANYONE)
def show_cookies() -> ResponseReturnValue:
    return render_template("public/cookies.html", cookie=current_app.config["SESSION_COOKIE_NAME"])


@pages.get("/accessibility")
@open_to(Who.ANYONE)
def show_accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html", written_on=STATEMENT_WRITTEN_ON)


@pages.get("/languages/<code>")
@open_to(Who.ANYONE)
def choose_language(code: str) -> ResponseReturnValue:
    if code in offered():
        session["language"] = code
    return redirect(local_address(request.args.get("back", "/")), 303)


@pages.get("/leave")
@open_to(Who.ANYONE)
def leave() -> ResponseReturnValue:
    session.clear()
    settings: Settings = current_app.extensions["settings"]
    return redirect(settings.exit_to, 303)


@pages.get("/robots.txt")
@open_to(Who.ANYONE)
def show_robots() -> ResponseReturnValue:
    return Response("User-agent: *\nAllow: /\n", mimetype="text/plain")


@pages.get("/healthz")
@open_to(Who.ANYONE)
def show_health() -> Response:
    """Say to a monitor whether pages, database and worker live: one word, nothing about anybody."""
    trouble = heartbeat.trouble(now())
    words = "ok" if trouble is None else "words unscreened" if trouble.lives else "worker silent"
    return Response(f"{words}\n", 503 if trouble else 200, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@pages.after_app_request
def keep_out_of_search(response: Response) -> Response:
    """Ask search engines to leave out what is one person's own."""
    if request.path.startswith(NOT_FOR_SEARCH):
        response.headers["X-Robots-Tag"] = "none"  # neither listed nor followed
    return response


def help_lines() -> list[HelpLine]:
    """Give who can help now, for the box on every page, in the reader's language."""
    return [HelpLine(gettext(line.when), line.call, line.link) for line in ALWAYS_SHOWN]
