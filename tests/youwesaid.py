"""Make people, concerns and actions of "You said, we did" for a test."""

from datetime import date, timedelta

from engage.accounts.rules import Person, Role
from engage.shared import db
from engage.youwesaid.actions import action as actions
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.rules.concerns import NewConcern
from tests.people import make_agency, make_person

TODAY = date(2026, 11, 23)  # a Monday
SOON = TODAY + timedelta(days=30)
Team = dict[str, Person]


def make_team() -> Team:
    council, police = make_agency("Council"), make_agency("Police")
    return {
        "voice": make_person(Role.VOICE),
        "another": make_person(Role.VOICE),
        "pqa": make_person(Role.PQA),
        "council_pqa": make_person(Role.PQA, agency_id=council),
        "council": make_person(Role.AGENCY, agency_id=council),
        "colleague": make_person(Role.AGENCY, agency_id=council),
        "police": make_person(Role.AGENCY, agency_id=police),
        "scrutineer": make_person(Role.SCRUTINEER),
        "first": make_person(Role.AMBASSADOR),
        "second": make_person(Role.AMBASSADOR),
        "lead": make_person(Role.SAFEGUARDING),
    }


def make_concern(team: Team, title: str = "The path is dark", *, heard: bool = True, about: int | None = None) -> int:
    new = NewConcern(title, "About 60 of you told us.", "travel", SOON, TODAY, (), "the autumn survey", about)
    concern_id = concerns.propose(new, by=team["voice"], today=TODAY)
    if heard:
        concerns.hear(concern_id, by=team["pqa"], today=TODAY)
    db.session.commit()
    return concern_id


def make_action(team: Team, *, of: str = "council", agreed: bool = True, due: date = SOON, concern_id: int = 0) -> int:
    """Ask the agency of one person; `agreed` by that person."""
    asked = concern_id or make_concern(team)
    action_id = actions.ask(asked, agency_id=team[of].agency_id or 0, what="Put up 14 lights")
    if agreed:
        actions.agree(action_id, owner_id=team[of].id, due_on=due, by=team[of], today=min(due, TODAY))
    db.session.commit()
    return action_id
