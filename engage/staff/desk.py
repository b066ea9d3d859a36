"""Staff page: what waits for me today; and the rooms of the side menu."""

from typing import NamedTuple

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import Who, me, open_to, person
from engage.accounts.rules import Person, Role
from engage.safeguarding import queries as safeguarding
from engage.shared import outbox
from engage.shared.clock import now, today
from engage.staff import queries

pages = Blueprint("staff_desk", __name__, url_prefix="/desk", template_folder="templates")
READ_LETTERS = {Role.VOICE, Role.SAFEGUARDING}  # in the demo; elsewhere nobody reads what a letter says
ALERTS = "safeguarding_desk.show_alerts"
ROOMS = {  # what cannot wait comes first: on a phone the menu shows its beginning
    "Today": "staff_desk.show_today",
    "Alerts": ALERTS,
    "Reading": "analysis_desk.show_reading",
    "Coding": "analysis_desk.show_coding",
    "Second reading": "analysis_desk.show_rereading",
    "Themes": "analysis_desk.show_themes",
    "What is new": "analysis_desk.show_emerging",
    "Small but serious": "analysis_desk.show_all_serious",
    "Concerns": "youwesaid_desk.show_concerns",
    "Actions": "youwesaid_desk.show_actions",
    "Updates": "youwesaid_desk.show_updates",
    "Felt-checks": "youwesaid_desk.show_felt_checks",
    "Scoreboard": "youwesaid_desk.show_scoreboard",
    "Newsletters": "youwesaid_desk.show_newsletters",
    "Briefings": "youwesaid_desk.show_briefings",
    "Surveys": "surveys_desk.show_waves",
    "Forums": "forums_desk.show_forums",
    "Results": "pqa_desk.show_results",
    "Packs": "pqa_desk.show_packs",
    "Decisions": "pqa_desk.show_decisions",
    "Our page": "pqa_desk.show_our_pages",
    "People": "accounts_desk.show_people",
    "Claims": "claims_desk.show_claims",
    "Audit": "accounts_desk.show_audit",
    "Letters": "staff_desk.show_letters",
}


class Room(NamedTuple):
    """One line of the side menu; `here` is True in the room one is in."""

    name: str
    address: str
    here: bool


@pages.get("/")
@open_to(*Role)
def show_today() -> ResponseReturnValue:
    return render_template("staff/desk/today.html", waiting=queries.waiting(me(), today()), today=today())


@pages.get("/letters/")
@open_to(Role.VOICE, Role.SAFEGUARDING, Role.INFORMATION, Role.ADMIN)
def show_letters() -> ResponseReturnValue:
    me = person()
    reads = me is not None and bool(me.roles & READ_LETTERS)
    return render_template(
        "staff/desk/letters.html",
        letters=outbox.unsent(),
        travels=outbox.ways_here(),
        shown=outbox.shown_in_demo() if reads else [],
    )


@pages.post("/letters/<key>/again")
@open_to(Role.VOICE, Role.SAFEGUARDING, Role.INFORMATION, Role.ADMIN)
def send_again(key: str) -> ResponseReturnValue:
    outbox.try_again(key, at=now())
    return redirect(url_for("staff_desk.show_letters"), 303)


def rooms() -> list[Room]:
    """The rooms the signed-in person may enter today: each page's own guard says who may."""
    me = person()
    if me is None:
        return []
    mine = [(name, url_for(endpoint)) for name, endpoint in ROOMS.items() if _may_enter(endpoint, me)]
    return [Room(name, address, _is_here(address)) for name, address in mine]


def worker_silence() -> queries.Silence | None:
    """Say that no worker runs, where the signed-in person must know."""
    me = person()
    return None if me is None else queries.silence(me, now())


def _may_enter(endpoint: str, me: Person) -> bool:
    roles: frozenset[Role | Who] = getattr(current_app.view_functions.get(endpoint), "open_to", frozenset())
    if not me.roles & roles:
        return False
    # The team reads alerts on the days of its rota only.
    return endpoint != ALERTS or Role.SAFEGUARDING in me.roles or safeguarding.is_on_duty(me.id, today())


def _is_here(address: str) -> bool:
    return request.path == address if address == url_for("staff_desk.show_today") else request.path.startswith(address)
