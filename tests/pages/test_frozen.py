"""What was found is frozen with seed, method and fingerprints; what was changed afterwards is refused."""

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.analysis.models import SnapshotRow, ThemeRunRow
from engage.analysis.queries.runs import theme_runs
from engage.analysis.rules.freezing import Changed, fingerprint, fingerprint_of, thawed, written
from engage.shared import db, wanted
from tests.answers import make_response
from tests.ended import make_ended, say, usual
from tests.people import make_person, sign_in


@pytest.fixture
def frozen(database):
    """A wave that ended, with some answers, searched for themes and counted."""
    wave = make_ended()
    say(wave, *usual(60, 1, vapes=10))
    for _ in range(10):
        make_response(wave, area_happy="happy")
    for kind in ("themes", "snapshot"):
        wanted.want(kind, "wave:youth")
    db.session.commit()
    do_all()
    return wave


def test_a_search_for_themes_says_how_it_was_computed(visitor, frozen):
    (run,) = theme_runs("wave:youth")
    row = db.session.scalars(select(ThemeRunRow)).one()
    assert (run.intact, run.origin.seed, len(run.origin.inputs)) == (True, 0, 64)
    assert run.origin.sha256 == fingerprint(row.body)
    page = sign_in(visitor, make_person(Role.VOICE)).get("/desk/themes/").text
    assert run.origin.inputs[:16] in page
    assert "was changed in the database afterwards" not in page
    row.body = row.body.replace("themes", "theme")
    db.session.commit()
    assert "was changed in the database afterwards" in visitor.get("/desk/themes/").text


def test_the_same_answers_have_the_same_fingerprint_and_others_another(frozen):
    def again() -> str:
        wanted.want("themes", "wave:youth")
        db.session.commit()
        do_all()
        db.session.expire_all()
        return theme_runs()[0].origin.inputs

    first = theme_runs()[0].origin.inputs
    assert again() == first
    say(frozen, "one more answer")
    assert again() != first


def test_results_that_were_changed_are_refused_with_a_sentence_and_never_frozen_again(visitor, frozen):
    reader = sign_in(visitor, make_person(Role.PQA))
    page = reader.get("/desk/results/youth")
    assert page.status_code == 200
    assert "Fingerprint of what went in" in page.text
    row = db.session.scalars(select(SnapshotRow)).one()
    row.body = row.body.replace("responses", "responders")
    db.session.commit()
    answer = reader.get("/desk/results/youth")
    assert answer.status_code == 409
    assert "a backup from before has them as they were" in answer.text
    listed = reader.get("/desk/results/")
    assert listed.status_code == 200
    assert "Not as it was frozen" in listed.text
    wanted.want("snapshot", "wave:youth")
    db.session.commit()
    do_all()
    assert "changed them in the database afterwards" in wanted.waiting()[0].failed


def test_a_body_is_written_one_way_and_read_back_the_same():
    body = {"b": [1, 2.5, None], "a": "“quoted” ü"}
    text = written(body)
    assert thawed(text, fingerprint(text)) == body
    assert fingerprint_of(dict(reversed(body.items()))) == fingerprint(text)
    with pytest.raises(Changed):
        thawed(text.replace("2.5", "2.6"), fingerprint(text))
