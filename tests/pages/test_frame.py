"""The code frame with its examples, and as a file that says plainly what is wrong with it."""

import csv
import io
from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.analysis.actions import frame as actions
from engage.analysis.actions import reading, themes
from engage.analysis.actions.keys import give_key
from engage.analysis.models import ExcerptRow, ThemeExampleRow, ThemeHistoryRow, ThemeRow
from engage.analysis.queries.frame import frame
from engage.analysis.rules.frame import LARGEST, FrameLine, read_frame, write_frame
from engage.shared import db
from engage.shared.clock import today
from engage.shared.errors import NotValid
from tests.answers import BUS, WORRYING
from tests.coding import make_coded, make_frame, make_theme
from tests.people import make_person, sign_in
from tests.surveys import make_wave

GOOD = (
    "name,definition,belongs,does_not_belong,sensitive,key\n"
    'Late buses,"Buses, trains",the 143 is late\nno bus,cars park there,no,b\n'
    'Harm,,,,yes,\n'
).replace("late\nno bus", '"late\nno bus"').replace("the 143 is \"late", "\"the 143 is late")  # fmt: skip


@pytest.fixture
def wave(database):
    return make_wave()


@pytest.fixture
def voice(database):
    return make_person(Role.VOICE)


def send(visitor, content, name="frame.csv"):
    return visitor.fill_in("/desk/frame/", to="/desk/frame/import", file=(io.BytesIO(content), name))


def state():
    db.session.expire_all()
    found = [(row.name, row.definition, row.sensitive, row.key, row.state) for row in db.session.query(ThemeRow)]
    return found, db.session.query(ThemeExampleRow).count(), db.session.query(ThemeHistoryRow).count()


def test_a_file_is_brought_in_and_the_same_file_again_changes_nothing(voice, visitor):
    sign_in(visitor, voice)
    assert "2 themes added, 0 changed" in visitor.get(send(visitor, GOOD.encode()).location).text
    before = state()
    assert [(one.theme.name, one.key, one.belong, one.do_not) for one in frame()] == [
        ("Harm", "1", [], []),
        ("Late buses", "b", ["the 143 is late", "no bus"], ["cars park there"]),
    ]
    assert [one.theme.sensitive for one in frame()] == [True, False]
    assert "Nothing was changed" in visitor.get(send(visitor, GOOD.encode()).location).text
    assert state() == before
    assert (
        "0 themes added, 1 changed" in visitor.get(send(visitor, b"name,definition\nHARM,What hurts\n").location).text
    )
    assert state() != before


def test_what_is_exported_comes_back_as_it_was(voice, visitor):
    sign_in(visitor, voice)
    send(visitor, GOOD.encode())
    make_theme("=HYPERLINK(1)", voice, "-1+1\nand more")
    sent = visitor.get("/desk/frame/code-frame.csv")
    assert sent.mimetype == "text/csv"
    before = state()
    assert "Nothing was changed" in visitor.get(send(visitor, sent.data).location).text
    assert state() == before


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "'="])
def test_no_cell_of_an_export_is_a_formula(start):
    line = FrameLine(f"{start}1+1", f"{start}cmd", (f"{start}x",), (f"{start}y",), sensitive=False)
    content = write_frame([line])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    back = read_frame(content)[0]
    assert back.name == line.name.strip()
    assert back.definition == line.definition.strip()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"theme,definition\nBuses,x\n", "column “name” is missing"),
        (b"name,name\nBuses,x\n", "is there twice"),
        (b"name,notes\nBuses,x\n", "no column “notes”"),
        (b"name,definition\nBuses,late, and full\n", "Line 2 has more cells"),
        (b"name\n", "no themes in the file"),
        (b"name\nLate buses\nlate  Buses\n", "The name “late buses” is there twice"),
        (b"name,key\nBuses,a\nParks,A\n", "The key “a” is there twice"),
        (b"name,key\nBuses,n\n", "cannot be a key"),
        (b"name,sensitive\nBuses,maybe\n", "Write yes or no"),
        (b"name,definition\n,x\n", "Line 2: the theme has no name"),
        (b"name\n" + b"x" * 121 + b"\n", "longer than 120"),
        ("name\nBüsse\n".encode("latin-1"), "not in UTF-8"),
        ("name\nBuses\n".encode("utf-16"), "not in UTF-8"),
        (b"PK\x03\x04name\0\n", "not a CSV file"),
        (b'name\n"Buses\n', "closing one is missing"),
        (b"name\n" + b"x" * LARGEST, "larger than 256 kB"),
        (b"name\n" + b"".join(b"T%d\n" % n for n in range(201)), "200 at most"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_says_what_to_do(content, words):
    with pytest.raises(NotValid, match=words):
        read_frame(content)


def test_a_semicolon_and_a_mark_at_the_start_are_read_too():
    assert read_frame("\ufeffName;Does not belong\nBuses;x\n".encode())[0] == FrameLine("Buses", does_not_belong=("x",))


def test_empty_cells_at_the_end_of_a_line_are_nothing_strange():
    assert read_frame(b"name,definition,,\nBuses,x,,,\n") == [FrameLine("Buses", "x")]


def test_two_themes_that_swap_their_keys_are_two_that_changed(voice, visitor):
    make_frame(voice)
    sign_in(visitor, voice)
    brought = send(visitor, b"name,key\nLate buses,2\nDark parks,1\n")
    assert "0 themes added, 2 changed" in visitor.get(brought.location).text


def test_long_examples_that_leave_in_a_file_come_back():
    line = FrameLine("Buses", belongs=tuple(f"{number} " + "long " * 1_900 for number in range(5)), sensitive=False)
    assert len(read_frame(write_frame([line]))[0].belongs) == 5


def test_the_page_says_what_is_wrong_and_nothing_is_kept(voice, visitor):
    sign_in(visitor, voice)
    answer = send(visitor, b"theme\nBuses\n")
    assert answer.status_code == 422
    assert "is missing" in answer.text
    assert "Choose a file" in visitor.fill_in("/desk/frame/", to="/desk/frame/import").text
    assert frame() == []


def test_a_theme_that_was_put_away_stays_so_and_the_page_says_it(voice, visitor):
    bus = make_theme("Late buses", voice)
    themes.retire(bus, by=voice, today=today())
    db.session.commit()
    sign_in(visitor, voice)
    assert "put away here: Late buses" in visitor.get(send(visitor, b"name\nLate buses\n").location).text
    assert db.session.get_one(ThemeRow, bus).state == "retired"


def test_examples_are_chosen_from_answers_a_person_has_checked(wave, voice, visitor):
    found, bus, _ = make_coded(wave, voice)
    path = f"/desk/frame/{bus}"
    sign_in(visitor, voice)
    wrong = visitor.fill_in(path, to=f"{path}/example", answer=found[BUS[0]], belongs="yes")
    assert wrong.status_code == 422
    reading.mark_read(found[BUS[0]], by=voice, today=today())
    reading.mark_read(found[BUS[1]], by=voice, today=today())
    reading.refuse(bus, [found[BUS[1]]], by=voice)
    db.session.commit()
    visitor.fill_in(path, to=f"{path}/example", answer=found[BUS[0]], belongs="yes")
    visitor.fill_in(path, to=f"{path}/example", answer=found[BUS[1]], belongs="no")
    mine = next(one for one in frame() if one.theme.id == bus)
    assert (mine.belong, mine.do_not) == ([BUS[0]], [BUS[1]])
    assert BUS[0] in visitor.get("/desk/frame/").text
    visitor.fill_in(path, to=f"{path}/example/remove", example=mine.examples[0].id)
    assert next(one for one in frame() if one.theme.id == bus).belong == []
    assert visitor.fill_in(path, to=f"{path}/example/remove", example=99).status_code == 404


def test_a_flagged_answer_is_no_example(wave, voice):
    found, bus, _ = make_coded(wave, voice)
    row = db.session.get_one(ExcerptRow, bytes.fromhex(found[BUS[0]]))
    row.checked, row.flagged, row.words = True, True, WORRYING
    with pytest.raises(NotValid):
        actions.add_example(bus, found[BUS[0]], belongs=True, by=voice, today=today())


def test_examples_are_forgotten_with_the_answer_and_in_time(wave, voice):
    found, bus, _ = make_coded(wave, voice)
    reading.mark_read(found[BUS[0]], by=voice, today=today())
    actions.add_example(bus, found[BUS[0]], belongs=True, by=voice, today=today())
    actions.bring_in([FrameLine("Late buses", belongs=("words from elsewhere",))], by=voice, today=today())
    assert actions.forget_examples(today()) == 0
    db.session.get_one(ExcerptRow, bytes.fromhex(found[BUS[0]])).words = None
    db.session.flush()
    assert [one.belong for one in frame() if one.theme.id == bus] == [["words from elsewhere"]]
    assert actions.forget_examples(today()) == 1
    assert actions.forget_examples(today() + timedelta(days=1)) == 1


def test_a_key_is_changed_and_two_themes_never_have_the_same(voice, visitor):
    bus, park = make_frame(voice)
    sign_in(visitor, voice)
    visitor.fill_in(f"/desk/frame/{bus}", to=f"/desk/frame/{bus}/key", key="2")
    assert {one.theme.id: one.key for one in frame()} == {park: "1", bus: "2"}
    with pytest.raises(NotValid):
        give_key(bus, "n")
