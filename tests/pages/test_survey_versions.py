"""Publishing freezes; a change makes the next version, and what was answered survives it."""

from datetime import timedelta

import pytest

from engage.accounts.rules import Role
from engage.analysis import queries as analysis
from engage.analysis.jobs import do_all
from engage.shared import db, wanted
from engage.shared.clock import today
from engage.surveys.actions import waves
from engage.surveys.actions.drafts import begin_version
from engage.surveys.models import VersionRow
from engage.surveys.queries.drafts import drafts
from engage.surveys.queries.versions import definition_of_version, versions
from engage.surveys.queries.waves import definition_of, surveys, wave, wave_by_id
from engage.surveys.rules.waves import NewWave
from tests.answers import make_response
from tests.drafts import DESK, change, make_draft, option, question
from tests.people import make_person, sign_in
from tests.surveys import make_wave

VERSIONS = "/desk/surveys/versions"


@pytest.fixture
def voice(visitor):
    return sign_in(visitor, make_person(Role.VOICE))


def publish(voice, code="park"):
    db.session.rollback()
    return voice.fill_in(f"{DESK}/{code}/publish")


def make_wave_of(version_id, code, *, closes_on):
    texts = {"title": f"Park {code}", "audience": "We", "can_change": "Paths", "cannot_change": "The law"}
    days = dict.fromkeys(("opens_on", "closes_on", "panel_on", "promised_on"), closes_on)
    made = wave_by_id(waves.add_wave(version_id, NewWave(code=code, **texts, **days)))
    db.session.commit()
    return made


def ended(made):
    """Move a wave as if it had been open; the checks before opening are tested elsewhere."""
    db.session.execute(db.Model.metadata.tables["wave"].update().values(state="closed").filter_by(id=made.id))
    db.session.commit()


def test_a_draft_is_published_once_nothing_stands_in_the_way_and_never_changes_again(voice):
    make_draft(question("safe", purpose=""))
    refused = publish(voice)
    assert refused.status_code == 422
    assert "say its purpose and its owner" in refused.text
    change(voice, f"{DESK}/park/items/safe", purpose="To know")
    assert "It is the first version." in voice.get(f"{DESK}/park/publish").text
    assert publish(voice).location == f"{VERSIONS}/"
    assert drafts() == []
    assert [(each.survey, each.number) for each in versions()] == [("park", 1)]
    assert "The park, version 1" in voice.get(f"{VERSIONS}/").text


def test_a_change_makes_the_next_version_with_a_mapping_shown_before(voice):
    make_draft(question("safe"), question("old"))
    publish(voice)
    first = versions()[0].id
    assert voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{first}/change").location == f"{DESK}/park"
    voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{first}/change")
    assert len(drafts()) == 1, "one that is begun is gone on with"
    change(voice, f"{DESK}/park/items/safe", **{"options-0-words": "Yes, very safe", "options-2-words": ""})
    voice.fill_in(f"{DESK}/park/items/old/delete")
    add = {"words": "Is it clean?", "purpose": "To know", "options-0-words": "Yes", "options-1-words": "No"}
    change(voice, f"{DESK}/park/parts/main/items/new?kind=single", **add)
    page = voice.get(f"{DESK}/park/publish").text
    for words in (
        "What changes since version 1", "The option “Never” is gone", "says “Yes, very safe” now", "Is it old there?",
        "Is it clean?",
    ):  # fmt: skip
        assert words in page, words
    publish(voice)
    second, again = versions()
    assert (second.number, again.number, again.id) == (2, 1, first)
    assert "old" in definition_of_version(first).by_code
    assert [survey.version_id for survey in surveys()] == [second.id]


def test_answers_results_and_trends_survive_removing_an_option_in_the_next_version(voice):
    sizes = [option("yes_very"), option("between"), option("never")]
    make_draft(question("safe", "scale", options=sizes, headline=["yes_very"]))
    publish(voice)
    before = make_wave_of(versions()[0].id, "one", closes_on=today() - timedelta(days=50))
    for number in range(60):
        make_response(before, safe="yes_very" if number < 30 else "between")
    ended(before)
    begin_version(versions()[0].id, definition_of_version(versions()[0].id), by=make_person(Role.VOICE))
    db.session.commit()
    change(voice, f"{DESK}/park/items/safe", **{"options-1-words": ""})
    publish(voice)
    after = make_wave_of(versions()[0].id, "two", closes_on=today() - timedelta(days=5))
    for number in range(60):
        make_response(after, safe="yes_very" if number < 45 else "never")
    ended(after)
    wanted.want("snapshot", "wave:two")
    db.session.commit()
    do_all()
    db.session.expire_all()
    old, new = (analysis.snapshot(code).lines[0] for code in ("one", "two"))
    assert "between" in repr(old.table)
    assert "between" not in repr(new.table)
    assert (old.headline.percent, new.headline.percent) == (50, 75)
    assert [row.key for row in new.trend.rows] == ["one", "two"]
    assert [mark.role for mark in new.trend.marks].count("join") == 1
    assert "between" in definition_of(wave("one")).item("safe").option_codes


def test_a_version_is_retired_unless_a_wave_that_is_open_asks_it(voice):
    made = make_wave()
    (only,) = versions()
    refused = voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/retire")
    assert refused.status_code == 409
    assert "Close it first" in refused.text
    waves.pause_wave(made.id, roles=["voice"])
    db.session.commit()
    assert voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/retire").status_code == 409
    waves.close_wave(made.id, roles=["voice"])
    db.session.commit()
    assert voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/retire").status_code == 303
    assert db.session.get_one(VersionRow, only.id).retired_on == today()
    assert [survey.version_id for survey in surveys()] == [None]
    assert voice.get("/desk/surveys/youth").status_code == 200, "what was asked stays"
    assert voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/retire").status_code == 409


def test_a_retired_version_is_asked_by_no_new_wave(voice):
    make_draft(question("safe"))
    publish(voice)
    (only,) = versions()
    voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/retire")
    with pytest.raises(waves.NotValid, match="retired"):
        make_wave_of(only.id, "later", closes_on=today())


def test_the_same_words_published_again_are_no_new_version(voice):
    make_draft(question("safe"))
    publish(voice)
    (only,) = versions()
    for numbers in ([1], [2, 1]):
        voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/change")
        publish(voice)
        assert [each.number for each in versions()] == numbers, "a retired one is not taken up again"
        voice.fill_in(f"{VERSIONS}/", f"{VERSIONS}/{only.id}/retire")


def test_a_question_that_was_asked_before_says_when_and_what_was_promised(voice):
    made = make_wave()
    make_draft(question("area_happy", words={"en": "Do you like it?"}), question("x", words={"en": "Unlike any other"}))
    page = voice.get(f"{DESK}/park/items/area_happy").text
    assert "Young people were asked this before" in page
    assert made.title in page
    assert "results are not out yet" in page
    assert "asked this before" not in voice.get(f"{DESK}/park/items/x").text
    nearly = definition_of(made).item("council_involves").words.in_("en") + " today"
    change(voice, f"{DESK}/park/items/x", words=nearly)
    assert "nearly the same words" in voice.get(f"{DESK}/park/items/x").text
