"""What each page promises: nothing from elsewhere, nothing chosen for anybody, help in one place, and no scores."""

import http.client
import re
import socket
from datetime import timedelta

import html5lib
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Float, select

from engage.accounts.guards import Who
from engage.accounts.rules import Role
from engage.analysis.jobs import do_all
from engage.analysis.models import ExcerptRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.rules.opening import Ready, opening_checks
from tests.forums import make_forum
from tests.people import make_person, sign_in
from tests.signing_up import slug_of
from tests.surveys import make_wave, sent_words
from tests.youwesaid import make_concern, make_team

TAG = "{http://www.w3.org/1999/xhtml}"
LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "form": "action",
}
HELP = ("tel:999", "tel:08001111", "sms:85258", "tel:02083594066")
NO_PAGE = re.compile(r"/leave$|\.(txt|json|atom|svg|ics)$|/healthz|/languages/")
SCORES = re.compile(r"score|risk|rank|likel|probab|sentiment|verdict|worr|flag|urgen")
SHARES = re.compile(r"facebook|twitter|//x\.com|instagram|tiktok|whatsapp|^(Like|Share|Comment|Reply|Follow them)\b")
ABOUT_PEOPLE = {
    "answer", "contact_request", "follower", "response", "sign_up", "sitting", "written", "person", "forum_group",
    "forum_guardian", "forum_answer", "check_in", "card",
}  # fmt: skip


@pytest.fixture
def pages(app, database):
    """Every page that anybody may open without a link of their own, by its address."""
    make_wave()
    slug = slug_of(make_forum())
    concern = {"<code>": "youth", "<slug>": "the-path-is-dark"}
    make_concern(make_team())
    found, plain = {}, FlaskClient(app, app.response_class)
    for rule in app.url_map.iter_rules():
        opened = getattr(app.view_functions[rule.endpoint], "open_to", ())
        names = {**concern, "<slug>": slug} if rule.rule.startswith("/forums/") else concern
        address = re.sub(r"<\w+>", lambda name, names=names: names.get(name[0], name[0]), rule.rule)
        if "GET" in rule.methods and Who.ANYONE in opened and "<" not in address and not NO_PAGE.search(address):
            answer = plain.get(address)
            if answer.status_code == 200:
                found[address] = answer.text
    return found


def loaded(page):
    """What a page loads, and where its forms go."""
    for one in html5lib.parse(page).iter():
        name = str(one.tag).removeprefix(TAG)
        if name == "link" and one.get("rel") in {"stylesheet", "icon", "preload", "manifest"}:
            yield one.get("href", "")
        elif name in LOADS:
            yield one.get(LOADS[name], "")


def elsewhere(page):
    return [address for address in loaded(page) if re.match(r"[a-z]+:(?<!data:)|//", address)]


def inline(page):
    """Pieces of a page that run by themselves."""
    return [name for one in html5lib.parse(page).iter() for name in one.attrib if str(name).startswith("on")]


def chosen(page):
    """Boxes and choices that are ticked before anybody ticked them."""
    return [
        one.get("name")
        for one in html5lib.parse(page).iter(f"{TAG}input")
        if one.get("type") in {"radio", "checkbox"} and "checked" in one.attrib
    ]


def test_the_pages_are_most_of_what_anybody_may_open(pages):
    assert {"/", "/s/youth", "/s/youth/contact", "/receipt", "/follow/", "/you-said-we-did/the-path-is-dark"} <= set(
        pages
    )
    assert len(pages) >= 20


def test_no_page_loads_anything_from_elsewhere_or_runs_anything_in_its_lines(pages):
    assert {address: elsewhere(page) for address, page in pages.items() if elsewhere(page)} == {}
    assert {address: inline(page) for address, page in pages.items() if inline(page)} == {}


def test_nothing_is_chosen_before_somebody_chooses(pages):
    assert {address: chosen(page) for address, page in pages.items() if chosen(page)} == {}


def test_help_stands_on_every_page_that_anybody_may_open(pages):
    assert {address for address, page in pages.items() if not all(number in page for number in HELP)} == set()


def pressed(page):
    """The words on everything that can be pressed, and where it leads."""
    for one in html5lib.parse(page).iter():
        if one.tag in {f"{TAG}a", f"{TAG}button"}:
            yield f"{''.join(one.itertext()).strip()} {one.get('href', '')}"


def shared(page):
    return [button for button in pressed(page) if SHARES.search(button)]


def test_no_page_has_a_button_to_share_to_like_or_to_comment(pages):
    assert {address: shared(page) for address, page in pages.items() if shared(page)} == {}


def test_control_a_page_that_breaks_these_promises_would_be_noticed():
    page = (
        '<link rel="stylesheet" href="https://cdn.invented.example/a.css"><img src="//tracker.invented.example/1.gif" '
        'onload="go()"><input type="radio" name="quote" value="yes" checked><form action="https://invented.example/"></form>'
        '<a href="https://www.facebook.com/sharer">Tell others</a><button>Like</button>'
    )
    assert len(elsewhere(page)) == 3
    assert inline(page) == ["onload"]
    assert chosen(page) == ["quote"]
    assert len(shared(page)) == 2
    assert elsewhere('<img src="data:image/png;base64,"><form action="/receipt"></form>') == []


def test_what_one_person_sent_is_on_no_page_that_others_may_open(app, visitor, pages):
    said = "The invented fountain is broken"
    sent_words(visitor, area_best=said)
    visitor.fill_in("/s/youth/contact", words=said)
    do_all()
    db.session.remove()
    other = FlaskClient(app, app.response_class)
    assert [address for address in pages if said in other.get(address).text] == []
    assert said in sign_in(other, make_person(Role.VOICE)).get("/desk/reading/").text  # control: it is there


def test_page_one_says_what_is_not_kept_who_reads_when_and_what_happens_where_somebody_is_not_safe(visitor, database):
    make_wave()
    page = visitor.get("/s/youth").text
    for words in (
        "We don't ask your name, and we can't know it is you.", "we keep the day, not the time",
        "people read what you write on working days, not straight away",
        "If we can tell who it is, we have to act to keep them safe.",
        "Shift three times, takes you to another site at once",
        "Its history stays.",
    ):  # fmt: skip
        assert words in page, words


def test_a_survey_says_private_and_not_anonymous_while_four_words_lead_to_the_answers(visitor, database):
    make_wave()
    shown = [visitor.get("/s/youth").text]
    sent_words(visitor)
    shown += [visitor.get(address).text for address in ("/s/youth/thanks", "/s/youth/mine", "/receipt")]
    assert "It's private." in shown[0]
    assert [page for page in shown if "anonym" in page.lower()] == []
    assert "After the tie is cut and details are taken out, we say “anonymous”." in visitor.get("/privacy").text


def test_the_law_that_lets_us_ask_is_named_and_is_not_consent(visitor, database):
    page = visitor.get("/privacy").text
    assert "the basis is “public task” (UK GDPR, Article 6(1)(e))" in page
    assert "Article 9(2)(g)" in page


def test_no_wave_opens_while_the_help_lines_wait_to_be_checked(database):
    made = make_wave(opened=False)
    for old in (False, True):
        ready = Ready(today(), (), signposts_old=old, languages=("en", "pl", "ar"))
        assert ["help" in check.name for check in opening_checks(made, ready) if check.missing] == [True] * old
    assert made.opens_on <= today() + timedelta(days=1)


def test_no_table_of_people_or_answers_has_room_for_a_score():
    tables = {table.name: table for table in db.Model.metadata.sorted_tables}
    scored = {
        str(column)
        for table in tables.values()
        for column in table.columns
        if isinstance(column.type, Float) or SCORES.search(column.name)
    }
    assert set(tables) >= ABOUT_PEOPLE
    assert {name for name in scored if name.partition(".")[0] in ABOUT_PEOPLE} == set()
    assert {"excerpt.urgency", "alert.score"} <= scored  # control: words to be read are ordered, and that is found
    assert "response_key" not in tables["excerpt"].columns


def test_answers_are_made_ready_to_read_without_any_way_out(visitor, database, monkeypatch):
    def shut(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", shut)
    with pytest.raises(ConnectionRefusedError):  # control: nothing that asks elsewhere gets through
        http.client.HTTPConnection("127.0.0.1", 9).request("GET", "/")
    make_wave()
    sent_words(visitor, area_best="The invented fountain is broken", anything_new="i want to die")
    do_all()
    ready = {row.words: row.flagged for row in db.session.scalars(select(ExcerptRow))}
    assert ready == {"The invented fountain is broken": False, "i want to die": True}
