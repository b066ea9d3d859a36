"""Every word young people and the public read is there in every language offered, and says the same things."""

import re
from copy import deepcopy

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.translations import LANGUAGES, POT, catalog, extract, said

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
LATIN = re.compile(r"[A-Za-z]\w*")
WEB = re.compile(r"\b(?:\w+\.)+(?:uk|com|org)\b")
NAMES = {"Childline", "SHOUT", "MASH", "PAPYRUS", "CEOP", "JavaScript", "Shift", "axe", "WCAG", "AA", "N12"}
LAW = {"UK", "GDPR", "e", "g"}  # UK GDPR, Article 6(1)(e) and 9(2)(g)
TEAMS = {"Emergency", "Duty", "Team"}  # what to ask for on the phone
MAY_STAY = NAMES | LAW | TEAMS
ENDS = {"؟": "?", "،": ",", "؛": ";", "»": "”"}


def template() -> Catalog:
    with POT.open("rb") as file:
        return read_po(file)


def messages(of: Catalog) -> dict[str, str]:
    return {str(message.id): message.string for message in of if message.id}


def not_said(words: Catalog, code_says: set[str]) -> set[str]:
    return {words_in_english for words_in_english in code_says if not said(messages(words).get(words_in_english))}


def wrong_placeholders(words: Catalog) -> list[str]:
    return [
        english
        for english, string in messages(words).items()
        if sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(string))
    ]


def last_mark(words: str) -> str:
    last = words[-1:]
    mark = ENDS.get(last, last)
    return mark if mark in ".?:,;" else ""


@pytest.fixture(params=LANGUAGES)
def words(request) -> Catalog:
    return catalog(request.param)


def test_the_template_has_the_words_of_the_pages_of_today(tmp_path):
    extract(tmp_path / "now.pot")
    with (tmp_path / "now.pot").open("rb") as file:
        now = messages(read_po(file))
    assert messages(template()).keys() == now.keys(), "run `make translations`"


def test_what_only_staff_read_is_not_translated():
    places = {place for message in template() for place, _ in message.locations}
    assert [place for place in places if "/desk" in place or place.startswith(("engage/accounts", "engage/pqa"))] == []


def test_every_word_is_said_in_every_language(words):
    assert not_said(words, set(messages(template()))) == set()


def test_a_missing_word_is_noticed(words):
    fewer = deepcopy(words)
    fewer["Rather not say"].string = ""
    fewer.delete("I don't know")
    assert not_said(fewer, set(messages(words))) == {"Rather not say", "I don't know"}


def test_no_translation_is_only_a_guess(words):
    assert [message.id for message in words if message.id and message.fuzzy] == []


def test_translations_keep_the_placeholders(words):
    assert wrong_placeholders(words) == []


def test_a_lost_placeholder_is_noticed(words):
    broken = deepcopy(words)
    broken["Its last day was %(day)s."].string = "%(when)s"
    assert wrong_placeholders(broken) == ["Its last day was %(day)s."]


def test_translations_begin_and_end_like_the_english(words):
    for english, string in messages(words).items():
        assert string == string.strip() or english != english.strip(), english
        assert last_mark(string) == last_mark(english), english


def test_translations_praise_nobody_and_shout_at_nobody(words):
    assert [string for string in messages(words).values() if "!" in string] == []


def test_arabic_is_in_arabic():
    left = {}
    for english, string in messages(catalog("ar")).items():
        plain = WEB.sub("", PLACEHOLDER.sub("", string))
        latin = {word for word in LATIN.findall(plain) if word not in MAY_STAY}
        if latin:
            left[english] = latin
    assert left == {}


def test_english_left_in_arabic_is_noticed():
    assert LATIN.findall(PLACEHOLDER.sub("", "حتى %(day)s Open")) == ["Open"]


def test_a_page_speaks_each_language(visitor):
    for code in LANGUAGES:
        page = visitor.get(f"/help?lang={code}").text
        assert catalog(code)["Get help now"].string in page
        assert "Get help now" not in page
