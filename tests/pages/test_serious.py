"""The few who said that they are not safe: true counts on one restricted page, sealed at rest, and nowhere else."""

import pytest
from sqlalchemy import select, text

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.actions import serious as actions
from engage.analysis.actions.reading import forget_written
from engage.analysis.actions.serious import forget_serious
from engage.analysis.actions.snapshots import want_what_is_due
from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptAboutRow, ExcerptRow, SeriousRunRow
from engage.analysis.queries.serious import serious_of
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.actions import waves
from tests.answers import make_response
from tests.people import make_agency, make_person, sign_in
from tests.surveys import make_wave

PAGE = "/desk/serious/youth"
DARK = ["the alley behind school is dark", "dark alley at night scares me", "no lights in the alley again"]
CALM = ["more clubs please", "nice park by me", "my street is fine", "lunch costs too much", "library is good"]


@pytest.fixture
def few(database):
    """Three of sixty-three say that they are very unsafe at home, and write about an alley."""
    wave = make_wave()
    for words in DARK:
        make_response(wave, words=words, safe_home="very_unsafe")
    for number in range(60):
        make_response(wave, words=CALM[number % 5] if number < 50 else "", safe_home="safe")
    waves.close_wave(wave.id, roles=["voice"])
    actions.look_for_serious("wave:youth")
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting() if work.kind == "serious"] == []
    return wave


def opened(visitor, role, reason="act"):
    reader = sign_in(visitor, make_person(role))
    assert reader.fill_in(PAGE, to=f"{PAGE}/open", reason=reason).status_code == 303
    return reader.get(PAGE).text


def test_the_few_are_counted_truly_with_what_they_alone_write(visitor, few):
    page = opened(visitor, Role.SAFEGUARDING)
    assert "3 of the 63 who answered: likely between 1.6 and 13.1 in 100" in page
    assert "“alley”: in 3 of their answers and 0 of all others'" in page
    assert page.count("Open in the reading queue") == 3
    assert "Nobody answered this question" in page  # of the others


def test_it_opens_for_a_reason_only_once_per_half_hour_and_is_written_down(visitor, few):
    reader = sign_in(visitor, make_person(Role.VOICE))
    closed = reader.get(PAGE).text
    assert "3 of the 63" not in closed
    assert "alley" not in closed
    assert "Choose a reason" in closed
    assert "Choose a reason" in reader.fill_in(PAGE, to=f"{PAGE}/open", reason="").text.partition("summary")[2]
    assert reader.fill_in(PAGE, to=f"{PAGE}/open", reason="because").status_code == 422
    assert "3 of the 63" not in reader.get(PAGE).text
    reader.fill_in(PAGE, to=f"{PAGE}/open", reason="check")
    assert "3 of the 63" in reader.get(PAGE).text
    lines = db.session.scalars(select(AuditRow).where(AuditRow.did == "opened small but serious")).all()
    assert [line.about for line in lines] == ["the few of youth"]


def test_the_panel_sees_checked_answers_without_the_queue(visitor, few):
    assert "Open in the reading queue" not in opened(visitor, Role.PQA)
    assert "scares me" not in visitor.get(PAGE).text
    row = next(row for row in db.session.scalars(select(ExcerptRow)) if "scares" in (row.words or ""))
    row.checked = True
    db.session.commit()
    assert "scares me" in visitor.get(PAGE).text


def test_a_hidden_answer_is_not_betrayed_by_a_count_of_the_few(app, few):
    council = make_agency("Council (invented)")
    row = next(row for row in db.session.scalars(select(ExcerptRow)) if "scares" in (row.words or ""))
    db.session.add(ExcerptAboutRow(excerpt_key=row.key, agency_id=council))
    db.session.commit()
    for agency, seen, alley in ((council, 2, False), (None, 3, True)):
        reader = sign_in(app.test_client(), make_person(Role.SAFEGUARDING, agency_id=agency))
        assert reader.fill_in(PAGE, to=f"{PAGE}/open", reason="act").status_code == 303
        page = reader.get(PAGE).text
        assert page.count("Open in the reading queue") == seen
        assert f"({seen})" in page
        assert " of 3)" not in page
        assert ("“alley”: in 3 of their answers" in page) is alley


@pytest.mark.parametrize("role", [Role.SCRUTINEER, Role.AGENCY, Role.AMBASSADOR, Role.ADMIN, Role.INFORMATION])
def test_nobody_else_opens_it(visitor, few, role):
    sign_in(visitor, make_person(role))
    assert visitor.get(PAGE).status_code == 403
    assert visitor.get("/desk/serious/").status_code == 403


def test_it_is_sealed_at_rest_and_only_the_last_is_kept(few):
    actions.look_for_serious("wave:youth")
    db.session.commit()
    do_all()
    kept = db.session.execute(text("SELECT body FROM serious_run")).scalars().all()
    assert len(kept) == 1
    assert b"alley" not in bytes(kept[0])
    assert "alley" in (db.session.scalars(select(SeriousRunRow)).one().body or "")  # the control


def test_results_for_the_panel_hide_what_this_page_shows(visitor, few):
    wanted.want("snapshot", "wave:youth")
    db.session.commit()
    do_all()
    page = sign_in(visitor, make_person(Role.PQA)).get("/desk/results/youth").text
    assert "3 of the 63" not in page
    assert "alley" not in page


def test_it_is_forgotten_with_the_words(visitor, few):
    assert forget_serious(few.closes_on) == 0
    assert forget_serious(today().replace(year=today().year + 4)) == 1
    db.session.commit()
    assert serious_of("youth", checked_only=False).lines is None
    assert "was forgotten" in opened(visitor, Role.VOICE)


def test_a_wave_that_runs_has_no_such_page(visitor, database):
    make_wave()
    sign_in(visitor, make_person(Role.VOICE))
    assert visitor.get(PAGE).status_code == 404
    assert "No wave has ended yet" in visitor.get("/desk/serious/").text
    assert analysis.waiting(make_person(Role.PQA), today()) == []


def test_a_wave_nobody_looked_at_says_so(visitor, database):
    wave = make_wave()
    waves.close_wave(wave.id, roles=["voice"])
    db.session.commit()
    assert "Nobody has looked at this wave yet" in opened(visitor, Role.VOICE)


def test_when_somebody_deletes_what_they_sent_the_view_goes_and_is_made_anew(few):
    row = next(row for row in db.session.scalars(select(ExcerptRow)) if "scares" in (row.words or ""))
    forget_written([row.written_key])
    want_what_is_due()
    db.session.commit()
    assert serious_of("youth", checked_only=False) is None
    assert ("serious", "wave:youth") in {(work.kind, work.subject) for work in wanted.waiting()}
