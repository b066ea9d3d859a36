"""Answers taken away: for a reason that is written down, protected or in full, and never who said what when."""

import csv
import io
import json
import re
import secrets
import zipfile
from collections import Counter

import pytest
from sqlalchemy import select

from engage.accounts.models import AuditRow
from engage.accounts.rules import Role
from engage.analysis.models import ExcerptRow
from engage.shared import db
from engage.shared.clock import today
from engage.surveys.models import ResponseRow, VersionRow, WaveRow, WrittenRow
from engage.surveys.rules.definition import parse, to_document
from engage.surveys.rules.shipped import shipped
from tests.answers import make_response
from tests.kinds import document, make_kinds_wave, options
from tests.pages.test_snapshot import close, make_answers
from tests.people import make_person, sign_in
from tests.sav import read_sav
from tests.surveys import make_wave

PAGE = "/desk/surveys/youth/answers"
AGREED = "The data protection officer, 3 May"


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


@pytest.fixture
def ended(database):
    """A wave of 62 people that has closed."""
    wave = make_wave()
    make_answers(wave)
    close(wave)
    return wave


def take(voice, page=PAGE, **typed):
    return voice.fill_in(page, **({"reason": "analysis", "kind": "csv"} | typed))


def lines(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def audit():
    db.session.rollback()
    rows = db.session.scalars(select(AuditRow).where(AuditRow.did.startswith("took answers")).order_by(AuditRow.id))
    return [(row.did, row.about, row.reason) for row in rows]


def test_a_reason_is_wanted_and_written_down_with_what_was_taken(voice, ended):
    assert "Choose a reason" in take(voice, reason="").text
    assert audit() == []
    answer = take(voice)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="answers-youth.csv"'
    assert audit() == [
        (
            "took answers away, protected",
            "wave youth alone, csv, 60 rows",
            "To look at it in another program: protected",
        )
    ]


def test_in_a_protected_file_nothing_is_given_by_fewer_than_the_minimum(voice, ended):
    make_response(ended, age="age_16_18", area_happy="happy", places_to_go="agree")
    rows = lines(take(voice))
    assert len(rows) == 60, "people alike in what is shown of them are 20, 25, 30 and so on"
    assert not {"safe_home", "gender", "area", "setting", "language", "month", "area_best"} & set(rows[0])
    for name in set(rows[0]) - {"wave"}:
        for (_, said), count in Counter((row["age"], row[name]) for row in rows).items():
            assert said == "hidden" or count >= 8, name
    assert {row["age"] for row in rows} == {"age_14_15", "hidden"}, "with few the next rarest goes too"


def test_two_protected_files_of_a_wave_are_the_same_whatever_goes_with_them(voice, ended):
    first, second = take(voice), take(voice, reason="partner")
    assert first.data == second.data
    later = make_wave("youth-2", opened=False)
    make_answers(later)
    close_by_hand(later)
    both = lines(take(voice, "/desk/surveys/youth-2/answers", earlier="y"))
    assert [row for row in both if row["wave"] == "youth"] == lines(first)


def close_by_hand(wave):
    db.session.get_one(WaveRow, wave.id).state = "closed"
    db.session.commit()


def test_once_somebody_deleted_their_answers_no_second_file_tells_whose_they_were(voice, ended):
    first = take(voice)
    gone = db.session.scalars(select(ResponseRow).where(ResponseRow.wave_id == ended.id)).first()
    db.session.delete(gone)
    db.session.commit()
    answer = take(voice)
    assert answer.status_code == 409
    assert "Somebody deleted what they sent in “Youth survey”" in answer.text
    assert len(audit()) == 1

    db.session.get_one(WaveRow, ended.id).taken_mark = None  # the guard off: the two files are told apart
    db.session.commit()
    assert take(voice).data != first.data


def test_before_a_first_file_deleting_keeps_no_file_back(voice, ended):
    db.session.delete(db.session.scalars(select(ResponseRow).where(ResponseRow.wave_id == ended.id)).first())
    db.session.commit()
    assert take(voice).status_code == 200


def test_in_full_wants_to_know_who_agreed_and_holds_all(voice, ended):
    assert "Say who agreed, and when" in take(voice, reason="return").text
    rows = lines(take(voice, reason="return", agreed=AGREED))
    assert Counter(row["safe_home"] for row in rows)["very_unsafe"] == 3
    assert {row["month"][4] for row in rows} == {"-"}
    assert rows[0]["setting"] == "no_setting"
    assert audit()[0][0] == "took answers away in full"
    assert audit()[0][2].endswith(f"Agreed by: {AGREED}")


def test_safeguarding_takes_protected_answers_only(visitor, ended):
    lead = sign_in(visitor, make_person(Role.SAFEGUARDING))
    answer = take(lead, reason="return", agreed=AGREED)
    assert answer.status_code == 403
    assert "taken away by the voice team only" in answer.text
    assert take(lead).status_code == 200
    assert len(audit()) == 1


def test_no_row_says_who_it_was_or_where_it_lay(voice, ended):
    keys = [key.hex() for key in db.session.scalars(select(ResponseRow.key))]
    first, second = (take(voice, reason="moving", agreed=AGREED).text for _ in range(2))
    assert not [key for key in keys if key in first]
    assert not re.search(r"\d{4}-\d\d-\d\d", first)
    assert first != second, "another order each time"
    assert sorted(first.splitlines()) == sorted(second.splitlines())


def test_written_answers_leave_redacted_and_only_once_a_person_checked_them(voice, database):
    wave = make_wave()
    make_answers(wave)
    write(wave, "Mr Patel is kind", redacted="[name] is kind", checked=True)
    write(wave, "The bus is late", redacted="The bus is late", checked=False)
    close(wave)
    text = take(voice, reason="research", agreed=AGREED).text
    assert "[name] is kind" in text
    assert "Patel" not in text
    assert "bus is late" not in text


def test_in_full_it_is_told_why_somebody_wrote_nothing(voice, database):
    wave = make_wave()
    make_answers(wave)
    make_response(wave, area_best="dont_know")
    write(wave, "The bus is late", redacted="The bus is late", checked=False)
    close(wave)
    item = db.session.scalar(select(WrittenRow.item))
    rows = lines(take(voice, reason="return", agreed=AGREED))
    assert Counter(row[f"{item}__why"] for row in rows)["written"] == 1
    assert Counter(row["area_best__why"] for row in rows)["dont_know"] == 1
    assert {row["area_best"] for row in rows} == {""}, "nobody has checked the words yet"
    read = read_sav(take(voice, reason="return", agreed=AGREED, kind="sav").data)
    place = read.names.index("area_best__why")
    assert (labels(read, place)["Written"], labels(read, place)["I don't know"]) == (1, -1)
    assert Counter(row[place] for row in read.rows)[-1.0] == 1
    assert ",written,Written" in voice.get("/desk/surveys/youth/codebook.csv").text
    assert "area_best__why" not in lines(take(voice))[0], "a protected file tells nothing of words"


def write(wave, words, *, redacted, checked):
    """What somebody wrote, as the worker made it ready."""
    receipt = make_response(wave, words=words)
    written = db.session.scalar(
        select(WrittenRow)
        .join(ResponseRow, ResponseRow.key == WrittenRow.response_key)
        .where(ResponseRow.receipt_hash == receipt)
    )
    facts = {"wave_id": wave.id, "item": written.item, "language": "en", "urgency": 0.0, "flagged": False}
    key = secrets.token_bytes(16)
    db.session.add(ExcerptRow(key=key, written_key=written.key, words=redacted, checked=checked, **facts))
    db.session.commit()


def test_an_open_wave_and_a_wave_of_few_do_not_leave(voice, database):
    wave = make_wave()
    make_response(wave, area_happy="happy")
    assert "once the wave has closed" in voice.get(PAGE).text
    assert voice.post(PAGE, data={"reason": "analysis", "kind": "csv"}).status_code in (400, 422)
    close(wave)
    answer = take(voice)
    assert answer.status_code == 409
    assert "Fewer than 20 people answered" in answer.text
    assert audit() == []


def test_spss_and_a_workbook_hold_the_same_rows(voice, ended):
    rows = [tuple(row.values()) for row in lines(take(voice))]
    read = read_sav(take(voice, kind="sav").data)
    words = [{number: code for code, number in labels(read, place).items()} for place in range(len(read.names))]
    assert len(read.rows) == len(rows)
    assert read.variables[1].missing == (-9.0, -1.0)
    assert words[0] == {1.0: "Youth survey"}
    with zipfile.ZipFile(io.BytesIO(take(voice, kind="xlsx").data)) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
        assert b"Protected: facts" in b"".join(parts.read(name) for name in parts.namelist())
    assert sheet.count("<row ") == len(rows) + 1
    assert "<f>" not in sheet


def labels(read, place):
    return {words: number for number, words in read.variables[place].labels.items()}


def test_answers_survive_that_an_option_goes_in_the_next_version(voice, ended):
    later = make_wave("youth-2", opened=False)
    make_answers(later, happy=0, unhappy=40)
    row = db.session.get_one(WaveRow, later.id)
    row.state, row.version_id = "closed", publish_without("very_happy", of=ended)
    db.session.commit()
    answer = take(voice, "/desk/surveys/youth-2/answers", earlier="y", kind="sav")
    read = read_sav(answer.data)
    place = read.names.index("area_happy")
    assert labels(read, place)["Very happy"] == 1
    assert 36 <= Counter(row[place] for row in read.rows)[1.0] <= 40
    rows = lines(take(voice, "/desk/surveys/youth-2/answers", earlier="y"))
    assert Counter(row["wave"] for row in rows) == {"youth": 60, "youth-2": 40}
    assert 36 <= Counter(row["area_happy"] for row in rows if row["wave"] == "youth")["very_happy"] <= 40


def test_what_was_chosen_before_and_what_is_written_now_both_leave(voice, ended):
    later = make_wave("youth-2", opened=False)
    make_answers(later, happy=0, unhappy=40)
    make_response(later, area_happy="rather_not_say")
    make_response(later, item="area_happy", words="Very")
    row = db.session.get_one(WaveRow, later.id)
    row.state, row.version_id = "closed", publish_without("", of=ended, kind="open")
    db.session.commit()
    rows = lines(take(voice, "/desk/surveys/youth-2/answers", earlier="y", reason="return", agreed=AGREED))
    before, now = ([row for row in rows if row["wave"] == wave] for wave in ("youth", "youth-2"))
    assert Counter(row["area_happy__before"] for row in before)["very_happy"] > 30
    assert {row["area_happy__why"] for row in before} == {row["area_happy__before"] for row in now} == {"not_asked"}
    why = Counter(row["area_happy__why"] for row in now)
    assert why["written"] == 1
    assert why["rather_not_say"] >= 1


def publish_without(code, *, of, kind="scale"):
    """The survey's next version, in which one answer of a question is offered no more; gives its id."""
    before = db.session.get_one(VersionRow, of.version_id)
    document = to_document(shipped("youth"))
    item = next(one for section in document["sections"] for one in section["items"] if one["code"] == "area_happy")
    item["options"] = [option for option in item["options"] if option["code"] != code]
    item["headline"] = ["happy"]
    if kind == "open":
        item |= {"kind": kind, "options": [], "headline": []}
    made = VersionRow(
        survey_id=before.survey_id, number=2, document=json.dumps(document), sha256=f"2 {kind}", published_on=today()
    )
    db.session.add(made)
    db.session.flush()
    return made.id


@pytest.mark.parametrize("reason", ["analysis", "return"])
def test_a_question_with_more_answers_than_a_byte_can_tell_leaves_whole(voice, database, reason):
    asked = document()
    asked["sections"][1]["items"][0]["options"] = options(*(f"o{number}" for number in range(299)), "other")
    wave = make_kinds_wave(parse(asked))
    for number in (0, 99):
        for _ in range(20):
            make_response(wave, age="all", way=f"o{number}", buses="3")
    close(wave)
    rows = lines(take(voice, "/desk/surveys/kinds/answers", reason=reason, agreed=AGREED))
    assert Counter((row["way"], row["buses"]) for row in rows) == {("o0", "3"): 20, ("o99", "3"): 20}


def test_the_codebook_says_what_each_column_holds(voice, ended):
    page = voice.get("/desk/surveys/youth/codebook").text
    assert "How happy are you with your area" in page
    assert "left out" in page
    rows = list(csv.DictReader(io.StringIO(voice.get("/desk/surveys/youth/codebook.csv").data.decode("utf-8-sig"))))
    very = next(row for row in rows if row["column"] == "area_happy" and row["code"] == "very_happy")
    assert (very["number in SPSS"], very["answer"]) == ("1", "Very happy")
