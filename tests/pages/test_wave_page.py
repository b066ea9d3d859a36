"""What you all said: only of reported waves, only from frozen results, only what is neither sensitive nor about few."""

from datetime import timedelta
from secrets import token_bytes

import pytest
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.analysis.actions.themes import merge
from engage.analysis.jobs import do_all
from engage.analysis.models import CodingRow, ExcerptRow, SnapshotRow
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.models import AnswerRow, ResponseRow, WaveRow
from engage.surveys.rules.waves import Wave
from engage.youwesaid.actions import concern as concerns
from engage.youwesaid.models import ConcernThemeRow
from engage.youwesaid.rules.concerns import NewConcern
from tests.coding import make_theme
from tests.ended import make_ended, say
from tests.people import make_person

PAGE, ALL = "/you-said-we-did/waves/youth", "/you-said-we-did/waves/"
SOON = timedelta(days=20)


def make_wave(*, happy: int, answers: int, **changes: object) -> Wave:
    """A wave that ended, with so many answers, so many of them happy with their area."""
    wave = make_ended(**{"days_ago": 30, "panel_on": today() - timedelta(days=9), **changes})
    keys = [token_bytes(16) for _ in range(answers)]
    sent = {"wave_id": wave.id, "language": "en", "sent_on": wave.closes_on}
    db.session.add_all(ResponseRow(key=key, receipt_hash=token_bytes(32), **sent) for key in keys)
    db.session.flush()
    for number, key in enumerate(keys):
        given = {"area_happy": "happy" if number < happy else "unhappy", "safe_home": "very_safe"}
        db.session.add_all(AnswerRow(response_key=key, item=item, option=option) for item, option in given.items())
    db.session.commit()
    return wave


def write_about(wave: Wave, theme: str, *, times: int, sensitive: bool = False) -> int:
    """So many written answers that hold a theme, as somebody coded them."""
    voice = make_person(Role.VOICE)
    theme_id = make_theme(theme, voice, sensitive=sensitive)
    say(wave, *(f"{theme}, said {number}" for number in range(times)), read=(voice.id, today()))
    fresh = db.session.scalars(select(ExcerptRow.key).where(ExcerptRow.key.not_in(select(CodingRow.excerpt_key))))
    db.session.add_all(CodingRow(excerpt_key=key, theme_id=theme_id, confirmed_by=voice.id) for key in fresh.all())
    db.session.commit()
    return theme_id


def report(wave: Wave) -> None:
    db.session.get_one(WaveRow, wave.id).state = "reported"
    db.session.commit()
    wanted.want("snapshot", f"wave:{wave.code}")
    db.session.commit()
    do_all()


def answer(theme_id: int) -> None:
    new = NewConcern("Buses that come late", "You told us.", "travel", today() + SOON, today(), (theme_id,))
    concern_id = concerns.propose(new, by=make_person(Role.VOICE), today=today())
    concerns.hear(concern_id, by=make_person(Role.PQA), today=today())
    db.session.commit()


@pytest.fixture
def reported(database) -> int:
    wave = make_wave(happy=25, answers=35)
    theme_id = write_about(wave, "Late buses", times=9)
    write_about(wave, "Hurt at home", times=9, sensitive=True)
    report(wave)
    return theme_id


def test_a_page_says_how_many_what_stands_out_and_what_was_written_about(visitor, reported):
    page = visitor.get(PAGE).text
    assert "About 35 of you answered." in page
    assert "About 7 in 10 of you said: “Very happy” or “Happy”." in page
    assert page.count('class="on"') == 7
    assert "71%, most likely between" in page
    assert "of about 35 who answered this" in page
    assert "About 10 of you" in page


def test_what_is_sensitive_is_not_on_it(visitor, reported):
    page = visitor.get(PAGE).text
    assert "How safe do you feel at home?" not in page
    assert "Hurt at home" not in page


def test_a_theme_says_what_was_done_or_that_nothing_is(visitor, reported):
    assert "It has no answer here yet." in visitor.get(PAGE).text
    have = {"If-None-Match": visitor.get(PAGE).headers["ETag"]}
    assert visitor.get(PAGE, headers=have).status_code == 304
    answer(reported)
    page = visitor.get(PAGE, headers=have).text
    assert "Buses that come late" in page
    assert "It has no answer here yet." not in page


def test_a_theme_that_others_were_merged_into_is_answered_by_what_answers_those_and_told_once(visitor, database):
    wave = make_wave(happy=25, answers=35)
    into, taken_in = write_about(wave, "Buses", times=9), write_about(wave, "Late buses", times=9)
    report(wave)
    answer(taken_in)
    page = visitor.get(PAGE).text
    assert ("Buses that come late" in page, page.count("It has no answer here yet.")) == (True, 1)
    merge(taken_in, into, by=make_person(Role.VOICE), today=today())
    db.session.commit()
    page = visitor.get(PAGE).text
    assert ("Buses that come late" in page, "It has no answer here yet." in page) == (True, False)
    concern_id = db.session.scalars(select(ConcernThemeRow.concern_id)).one()
    concerns.rest_on(concern_id, theme_id=into, by=make_person(Role.VOICE), today=today())
    db.session.commit()
    assert visitor.get(PAGE).text.count("Buses that come late") == page.count("Buses that come late")


def test_a_question_is_asked_in_the_readers_language(visitor, reported):
    page = visitor.get(f"{PAGE}?lang=pl").text
    assert "Ankieta" in page
    assert "How happy are you with your area" not in page
    assert "7 na 10 osób" in page


def test_fewer_than_thirty_give_no_percentage(visitor, database):
    report(make_wave(happy=20, answers=26))
    page = visitor.get(PAGE).text
    assert "About 25 of you answered." in page
    assert "Too few of you answered each question" in page
    assert "%" not in page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(("answers", "compared"), [(26, False), (31, True)])
def test_a_wave_before_of_too_few_is_not_compared_with(visitor, database, answers, compared):
    make_wave(happy=10, answers=answers, code="before", days_ago=400)
    report(make_wave(happy=32, answers=40))
    page = visitor.get(PAGE).text
    assert ("That is more than last time" in page) == compared
    assert ("Last time: " in page) == compared


def test_seven_give_no_number_at_all(visitor, database):
    report(make_wave(happy=4, answers=7))
    page = visitor.get(PAGE).text
    assert "So few that we show no numbers" in page
    assert 'class="ten"' not in page


@pytest.mark.parametrize("changes", [{}, {"about": "forum 1"}])
def test_what_is_not_reported_or_about_a_forum_has_no_page(visitor, database, changes):
    wave = make_wave(happy=20, answers=31, **changes)
    assert visitor.get(PAGE).status_code == 404
    if changes:
        report(wave)
        assert visitor.get(PAGE).status_code == 404
    assert "No survey is over yet" in visitor.get(ALL).text
    assert visitor.get("/you-said-we-did/waves/no-such").status_code == 404


def test_results_that_were_changed_afterwards_are_not_shown(visitor, reported):
    row = db.session.scalars(select(SnapshotRow)).one()
    row.body = row.body.replace("Late buses", "Late busses")
    db.session.commit()
    assert visitor.get(PAGE).status_code == 409


def test_the_list_leads_to_each_of_them(visitor, reported):
    assert f'href="{PAGE}"' in visitor.get(ALL).text
    assert f'href="{ALL}"' in visitor.get("/you-said-we-did/").text
