"""After a forum: a reminder before and thanks after, what happened because of it, and letters that tell nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from engage.accounts.rules import Role
from engage.forums.actions.after import write_letters
from engage.forums.models import SignUpRow
from engage.forums.queries.after import answers, attendance
from engage.forums.queries.forums import forum
from engage.forums.queries.links import path
from engage.forums.queries.sign_ups import guardian_path
from engage.forums.rules.after import concern_of
from engage.forums.rules.links import Opens
from engage.forums.rules.places import Place
from engage.shared import db
from engage.shared.errors import NotValid
from engage.shared.outbox import LetterRow
from engage.youwesaid.actions import concern
from engage.youwesaid.rules.concerns import NewConcern
from tests.doors import BEFORE, DURING, begin, make_adult, make_forum, make_young
from tests.pages.test_forum_door import made, send
from tests.people import make_person, sign_in
from tests.surveys import make_wave

AFTER = datetime(2026, 11, 25, 10, tzinfo=UTC)
TELLING = ("safe", "school", "forum", "Amina", "safeguarding", "child", "concern")


@pytest.fixture
def here(database):
    return make_forum()


def letters(kind: str) -> list[LetterRow]:
    db.session.rollback()
    db.session.expire_all()
    return [row for row in db.session.scalars(select(LetterRow)) if row.kind == kind]


def write(at) -> None:
    with time_machine.travel(at, tick=False):
        write_letters(at)
        db.session.commit()


def held(visitor, here) -> list[int]:
    """The forum is over: two came, one of three did not."""
    people = [make_young(here, "Amina"), make_young(here), make_adult(here)]
    begin()
    with time_machine.travel(DURING, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        send(visitor, here, made(1, people[0], "check_in"), made(2, people[2], "check_in"))
        send(visitor, here, made(3, people[0], "check_out", collector="Her aunt"))
    begin(AFTER)
    return people


def make_concern(*, public: bool) -> None:
    """A concern at /you-said-we-did/dark-path."""
    new = NewConcern(
        title="Dark path", you_said="It is dark.", topic="safety", promised_on=date(2027, 1, 1), said_on=AFTER.date(),
        theme_ids=(), sources="a forum", about_agency_id=None,
    )  # fmt: skip
    concern_id = concern.propose(new, by=make_person(Role.VOICE), today=AFTER.date())
    if public:
        concern.hear(concern_id, by=make_person(Role.PQA), today=AFTER.date())
    db.session.commit()


def test_everybody_with_a_place_is_reminded_once_two_days_before_and_never_at_night(here):
    make_young(here)
    make_adult(here)
    write(datetime(2026, 11, 22, 10, tzinfo=UTC))
    write(datetime(2026, 11, 22, 23, tzinfo=UTC))
    assert letters("reminder") == []
    for hour in (10, 12):
        write(datetime(2026, 11, 23, hour, tzinfo=UTC))
    assert len(letters("reminder")) == 2


def test_who_gave_no_way_to_reach_them_is_reminded_through_their_adult_and_keeps_their_own_page(here):
    child = make_young(here, "Amina", age=14)
    row = db.session.get_one(SignUpRow, child)
    row.contact, mine = None, path(Opens.MINE, row.key)
    db.session.commit()
    write(datetime(2026, 11, 23, 10, tzinfo=UTC))
    written = letters("news_adult")
    assert (len(written), letters("reminder")) == (1, [])
    assert "/forums/consent/" in written[0].body
    assert mine not in written[0].body


def test_those_who_came_are_thanked_the_next_day_and_those_who_missed_it_are_not(visitor, here):
    held(visitor, here)
    write(AFTER)
    write(AFTER + timedelta(hours=2))
    assert len(letters("thanks")) == 2


def test_what_happened_stands_on_its_page_closes_the_loop_and_is_told_without_telling(visitor, here):
    held(visitor, here)
    page = f"/desk/forums/{here.id}/after"
    with time_machine.travel(AFTER, tick=False):
        make_concern(public=True)
        sign_in(visitor, make_person(Role.VOICE))
        answer = visitor.fill_in(page, words="The path is lit since Monday.", concern="/you-said-we-did/dark-path")
        assert answer.status_code == 303
        assert "The path is lit since Monday." in visitor.get(page).text
    kept = [(one.words, one.said_on, one.address) for one in answers(here.id)]
    assert kept == [("The path is lit since Monday.", date(2026, 11, 25), "/you-said-we-did/dark-path")]
    assert (forum(here.id).state, forum(here.id).fed_back_on) == ("fed_back", date(2026, 11, 25))
    assert len(letters("told")) == 3


@pytest.mark.parametrize(
    "typed", ["/you-said-we-did/dark-path", "dark-path", "https://engage.example/you-said-we-did/no-such"]
)
def test_an_answer_leads_to_no_page_that_is_not_there(visitor, here, typed):
    held(visitor, here)
    page = f"/desk/forums/{here.id}/after"
    with time_machine.travel(AFTER, tick=False):
        make_concern(public=False)
        sign_in(visitor, make_person(Role.VOICE))
        answer = visitor.fill_in(page, words="The path is lit.", concern=typed)
        assert answer.status_code == 422
        assert "There is no public page at this address" in answer.text
        assert "The path is lit." in answer.text
    assert answers(here.id) == []


def test_the_code_of_the_four_questions_stands_where_people_leave(visitor, here):
    held(visitor, here)
    wave_of = {"template": "forum", "title": "The forum", "about": f"forum {here.id}"}
    with time_machine.travel(AFTER, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        pages = [f"/desk/forums/{here.id}", f"/desk/forums/{here.id}/after"]
        assert all("Prepare them" in visitor.get(page).text for page in pages)
    with time_machine.travel(here.ends_at + timedelta(minutes=5), tick=False):
        make_wave("after-forum", **wave_of)
        sign_in(visitor, make_person(Role.VOICE))
        for page in (*pages, f"/desk/forums/{here.id}/door"):
            shown = visitor.get(page).text
            assert 'src="data:image/svg+xml' in shown
            assert "/s/after-forum" in shown


def test_nothing_in_any_letter_tells_what_it_is_about(visitor, here):
    write(datetime(2026, 11, 23, 10, tzinfo=UTC))
    held(visitor, here)
    write(AFTER)
    with time_machine.travel(AFTER, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        visitor.fill_in(f"/desk/forums/{here.id}/after", words="The path is lit.", concern="")
    db.session.rollback()
    for row in db.session.scalars(select(LetterRow)).all():
        said = f"{row.subject} {row.body}".replace("/forums/", "/")
        if row.kind in ("reminder", "thanks", "told"):
            assert [word for word in TELLING if word in said.split("http")[0]] == [], said


def test_an_answer_is_published_by_the_team_only_and_only_after_the_forum(app, visitor, here):
    page = f"/desk/forums/{here.id}/after"
    with time_machine.travel(BEFORE, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        token = visitor.fill_in(f"/desk/forums/{here.id}/notes", page, words="Too early.", concern="")
        assert token.status_code == 409
        for role in (Role.PQA, Role.SCRUTINEER):
            client = sign_in(app.test_client(), make_person(role))
            assert client.get(page).status_code == 200
            assert client.post(page, data={"words": "x"}).status_code in (403, 422)
    assert answers(here.id) == []


def test_a_taken_back_answer_is_gone_and_an_empty_one_is_refused(visitor, here):
    held(visitor, here)
    page = f"/desk/forums/{here.id}/after"
    with time_machine.travel(AFTER, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        assert visitor.fill_in(page, words="", concern="").status_code == 422
        assert visitor.fill_in(page, words="x", concern="https://elsewhere.example/?x").status_code == 422
        visitor.fill_in(page, words="The path is lit.", concern="")
        visitor.fill_in(page, f"{page}/{answers(here.id)[0].id}/back")
    assert answers(here.id) == []


def test_a_concerns_address_is_taken_in_every_form_people_copy_it():
    for typed in ("dark-path", "/you-said-we-did/dark-path", "https://voice.example.org/you-said-we-did/dark-path/"):
        assert concern_of(typed) == "dark-path"
    assert concern_of("") == ""
    with pytest.raises(NotValid):
        concern_of("Not an address")


def test_somebody_who_was_there_prints_a_certificate_and_the_name_is_kept_nowhere(app, visitor, here):
    people = held(visitor, here)
    there, missed = (db.session.get(SignUpRow, people[n]).key for n in (0, 1))
    page = f"{path(Opens.MINE, there)}/certificate"
    young = app.test_client()
    assert young.fill_in(page, name=" ").status_code == 422
    shown = young.fill_in(page, name="Amina <Khan>")
    assert shown.status_code == 200
    assert "Amina &lt;Khan&gt;" in shown.text
    assert "Khan" not in young.get(page).text
    assert young.get(f"{path(Opens.MINE, missed)}/certificate").status_code == 409
    db.session.rollback()
    with db.engine().connect() as connection:
        for table in db.Model.metadata.sorted_tables:
            assert "Khan" not in str(connection.execute(select(table)).all()), table.name


def test_who_was_there_reads_by_when_we_tell_more_and_answers_four_questions(app, visitor, here):
    people = held(visitor, here)
    there, missed = (path(Opens.MINE, db.session.get(SignUpRow, people[n]).key) for n in (0, 1))
    with time_machine.travel(here.ends_at + timedelta(minutes=5), tick=False):
        young = app.test_client()
        assert "/s/after-forum" not in young.get(there).text
        make_wave("after-forum", template="forum", title="The forum", about=f"forum {here.id}")
        for page, asked in ((there, True), (missed, False)):
            shown = young.get(page).text
            assert "we tell you what happened because of this forum" in shown
            assert ("/s/after-forum" in shown) == asked
    with time_machine.travel(AFTER, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        visitor.fill_in(f"/desk/forums/{here.id}/after", words="The path is lit.", concern="")
        assert "we tell you what happened because of this forum" not in app.test_client().get(there).text


def test_their_own_page_and_their_adults_say_what_happened_because_of_it(app, visitor, here):
    people = held(visitor, here)
    there, missed = (path(Opens.MINE, db.session.get(SignUpRow, people[n]).key) for n in (0, 1))
    adult = guardian_path(people[0])
    with time_machine.travel(AFTER, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        visitor.fill_in(f"/desk/forums/{here.id}/after", words="The path is lit.", concern="")
        young = app.test_client()
        assert "Thank you for coming. This happened because of what was said there:" in young.get(there).text
        assert "That is all right. This happened because of" in young.get(missed).text
        for page in (there, missed, adult):
            assert "The path is lit." in young.get(page).text
        for page in (there, missed):
            assert "All that happened because of this forum" in young.get(page).text
        visitor.fill_in(
            f"/desk/forums/{here.id}/after", to=f"/desk/forums/{here.id}/after/{answers(here.id)[0].id}/back"
        )
        assert "The path is lit." not in young.get(there).text
        assert "This happened because of" not in young.get(there).text


def test_attendance_is_counted_by_type_when_the_forum_ends(visitor, here):
    held(visitor, here)
    counted = {one.place: (one.signed_up, one.attended) for one in attendance()}
    assert counted == {Place.YOUNG: (2, 1), Place.PROFESSIONAL: (1, 1)}


def test_the_panel_reads_who_came_by_type_with_few_people_hidden(visitor, here):
    make_adult(here)
    people = [make_young(here, age=16) for _ in range(12)]
    begin()
    with time_machine.travel(DURING, tick=False):
        sign_in(visitor, make_person(Role.VOICE))
        send(visitor, here, *(made(n, one, "check_in") for n, one in enumerate(people[:11])))
    begin(AFTER)
    sign_in(visitor, make_person(Role.PQA))
    page = visitor.get("/desk/results/").text
    cells = page[page.index("Who came to forums") :].split('<td class="n">')[1:]
    assert [cell.split("<")[0] for cell in cells] == ["*", "*", "10", "10"]
