"""A theme that was found says in the list what speaks against it: a loose heap, or a language and not a matter."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow
from engage.analysis.queries.theme_languages import other_languages
from engage.shared import db
from tests.answers import BUS, make_excerpts
from tests.people import make_person, sign_in
from tests.surveys import make_wave

HEAP = "A loose heap rather than a theme"


@pytest.fixture
def excerpts(database):
    return [bytes.fromhex(one) for one in make_excerpts(make_wave(), *BUS).values()]


def make_candidate(keys, stability=0.9):
    theme = ThemeRow(name="Bus, morning", words="bus", state="candidate", stability=stability)
    db.session.add(theme)
    db.session.flush()
    db.session.add_all(CodingRow(excerpt_key=key, theme_id=theme.id) for key in keys)
    db.session.commit()
    return theme.id


def spoken_in(keys, language):
    for key in keys:
        db.session.get_one(ExcerptRow, key).language = language
    db.session.commit()


@pytest.mark.parametrize(("stability", "loose"), [(0.32, True), (0.5, False), (0.9, False)])
def test_the_list_says_what_is_a_loose_heap_and_does_not_urge_to_use_it(excerpts, visitor, stability, loose):
    theme_id = make_candidate(excerpts[:4], stability)
    sign_in(visitor, make_person(Role.VOICE))
    for path in ("/desk/themes/", f"/desk/themes/{theme_id}"):
        page = visitor.get(path).text
        assert (HEAP in page) == loose
        assert ('class="button quiet">Use this theme' in page) == loose
        assert "Use this theme" in page
    assert ("found again in 32 of 100" in page) == loose


def test_a_theme_mostly_in_another_language_than_most_answers_says_so(excerpts, visitor):
    spoken_in(excerpts[:2], "ar")
    spoken_in(excerpts[2:3], "pl")
    gathered, mixed = make_candidate(excerpts[:4]), make_candidate(excerpts[2:6])
    assert other_languages([gathered, mixed], "wave:youth") == {gathered: "Arabic, Polish"}
    sign_in(visitor, make_person(Role.VOICE))
    for path in ("/desk/themes/", f"/desk/themes/{gathered}"):
        assert "Mostly answers in Arabic, Polish" in visitor.get(path).text
    assert "Mostly answers in" not in visitor.get(f"/desk/themes/{mixed}").text


def test_a_wave_in_another_language_is_measured_by_itself(excerpts):
    spoken_in(excerpts, "pl")
    assert other_languages([make_candidate(excerpts[:4])], "wave:youth") == {}
