"""What the team put away as nothing new is said openly, with the reason, where the panel reads first."""

from engage.accounts.rules import Role
from engage.analysis.actions import emerging as actions
from engage.shared import db
from engage.shared.clock import today
from tests.pages.test_emerging import PAGE, compare, make_two_waves, vape
from tests.people import make_person, sign_in


def test_the_panel_reads_openly_what_was_put_away_and_why(visitor, database):
    voice = make_person(Role.VOICE)
    make_two_waves(voice)
    found = compare()
    for one in found.in_tier("rise"):
        actions.dismiss(found.run_id, one.number, "Ten friends wrote it", by=voice, today=today())
    db.session.commit()
    page = sign_in(visitor, make_person(Role.PQA)).get(PAGE).text
    assert f"“{vape(found).what}” rose clearly too; the team put it away because: Ten friends wrote it" in page
    assert "Nothing is clearly said more than before" not in page
