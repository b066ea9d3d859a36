"""Every word young people and the public read is there in every language offered, and says the same things."""

import re
from copy import deepcopy
from xml.etree.ElementTree import Element

import html5lib
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from engage.accounts.guards import Who
from engage.safeguarding.rules.signposts import GROUPS
from engage.surveys.queries.waves import definition_of
from tests.surveys import make_wave
from tests.translations import LANGUAGES, POT, catalog, extract, said

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
WEB = re.compile(r"\b(?:\w+\.)+(?:uk|com|org)\b")
NAMES = {
    "Childline",
    "SHOUT",
    "Barnet",
    "DBS",
    "MASH",
    "PAPYRUS",
    "CEOP",
    "JavaScript",
    "Shift",
    "axe",
    "WCAG",
    "AA",
    "N12",
}
LAW = {"UK", "GDPR", "e", "g"}  # UK GDPR, Article 6(1)(e) and 9(2)(g)
TEAMS = {"Emergency", "Duty", "Team"}  # what to ask for on the phone
MAY_STAY = NAMES | LAW | TEAMS
ENDS = {"؟": "?", "،": ",", "؛": ";", "»": "”"}

NO_PAGES = {"/healthz", "/leave", "/robots.txt", "/you-said-we-did/concerns.json", "/you-said-we-did/feed.atom"}
OF_A_WAVE = ["/s/youth", "/s/youth/mine", "/s/youth/contact", "/s/youth/activity"]


def signposts():
    return [line for _, lines in GROUPS for line in lines]


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


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_arabic_and_farsi_are_in_their_own_letters(language):
    left = {}
    for english, string in messages(catalog(language)).items():
        plain = WEB.sub("", PLACEHOLDER.sub("", string))
        latin = {word for word in LATIN.findall(plain) if word not in MAY_STAY}
        if latin:
            left[english] = latin
    assert left == {}


def test_english_left_in_arabic_is_noticed():
    assert LATIN.findall(PLACEHOLDER.sub("", "حتى %(day)s Open")) == ["Open"]


def words_on(page: str) -> set[str]:
    """Every text of a page, without what says in which language it is."""
    found: set[str] = set()
    _gather(html5lib.parse(page, namespaceHTMLElements=False).find("body"), found)
    return {words for words in found if re.search(r"[^\W\d_]{2}", words)}


def _gather(element: Element, found: set[str]) -> None:
    if element.tag not in ("script", "style") and "lang" not in element.attrib:
        found.update(element.attrib[name] for name in ("aria-label", "title") if name in element.attrib)
        found.add((element.text or "").strip())
        for child in element:
            _gather(child, found)
    found.add((element.tail or "").strip())


def public_pages(app):
    fixed = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments]
    anyone = [rule.rule for rule in fixed if Who.ANYONE in getattr(app.view_functions[rule.endpoint], "open_to", ())]
    return [path for path in anyone if path not in NO_PAGES] + OF_A_WAVE


def the_same_in_both(definition, language):
    """Names that a survey does not translate: wards, school years."""
    texts = [option.words for item in definition.items for option in item.options]
    return {words.in_("en") for words in texts if words.in_("en") == words.in_(language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_on_a_page(app, visitor, language):
    wave = make_wave()
    names = {words for line in signposts() for words in (line.name, line.call)}
    stays = names | {app.extensions["settings"].partnership, "engage"} | the_same_in_both(definition_of(wave), language)
    for path in public_pages(app):
        english = words_on(visitor.get(f"{path}?lang=en").text)
        assert english & words_on(visitor.get(f"{path}?lang={language}").text) <= stays, path


def test_words_without_a_language_are_noticed():
    page = (
        "<!DOCTYPE html><title>x</title><body><p title='Hover'>One <b lang='en'>Two</b> Three</p><script>x = 4</script>"
    )
    assert words_on(page) == {"Hover", "One", "Three"}
