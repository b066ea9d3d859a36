"""What is another's is nobody's to open or to move: an agency asks for all that another one has."""

import pytest
import time_machine

from engage.accounts.rules import Role
from engage.shared import db
from engage.youwesaid.actions import update as updates
from engage.youwesaid.actions.update import NewUpdate
from tests.pages.test_every_route import ask, desk, token_of
from tests.people import sign_in
from tests.planting import everything
from tests.youwesaid import SOON, TODAY, make_action, make_concern, make_team

WRITTEN_DOWN = frozenset({"audit", "audit_chain", "wrong_try"})  # each try of what is not theirs, and how many


@pytest.fixture
def theirs(database):
    """An action of the council with an update about it; gives the people and what the addresses name."""
    with time_machine.travel("2026-11-23T10:00:00+00:00", tick=False):
        team = make_team()
        concern_id = make_concern(team)
        action_id = make_action(team, concern_id=concern_id)
        update_id = updates.draft(concern_id, NewUpdate("We asked why.", "", SOON), by=team["voice"], today=TODAY)
        db.session.commit()
        yield team, {"concern_id": concern_id, "action_id": action_id, "update_id": update_id}


def answers(app, person, about):
    """How each page and button an agency may open answers about these things; by its address."""
    client = sign_in(app.test_client(), person)
    token, found = token_of(client), {}
    for rule, opened in desk(app):
        if Role.AGENCY in opened and rule.arguments and rule.arguments <= set(about):
            method = "POST" if "POST" in rule.methods else "GET"
            with app.test_request_context():
                address = app.url_map.bind("localhost").build(rule.endpoint, about, method=method)
            found[rule.endpoint] = ask(client, method, address, token)[0]
    return found


def test_an_agency_opens_and_moves_nothing_of_another(app, theirs):
    team, about = theirs
    kept = everything(but=WRITTEN_DOWN | {"sign_in"})
    found = answers(app, team["police"], about)
    assert len(found) >= 10
    assert {page: status for page, status in found.items() if status != 404} == {}
    assert everything(but=WRITTEN_DOWN | {"sign_in"}) == kept


def test_control_whose_it_is_opens_and_moves_it(app, theirs):
    team, about = theirs
    found = answers(app, team["council"], about)
    assert {page for page, status in found.items() if status == 404} == set()
    assert found["youwesaid_desk.show_action"] == 200
    assert found["youwesaid_desk.start"] == 303
