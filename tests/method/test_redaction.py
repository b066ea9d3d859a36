"""Personal details leave a text, and ordinary words stay."""

import doctest
import importlib
import pkgutil
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.analysis.method import redaction
from engage.analysis.method.redaction import PLACEHOLDERS, redact

VOICES = yaml.safe_load(Path(__file__).with_name("redaction_voices.yaml").read_text("utf-8"))
MARKED = re.compile(r"\{([^}]*)\}")
FIRST_NAME = re.compile(r"\{[a-zA-Z]{3,}\}")


def found_share(*, change: "type[str.lower] | None" = None) -> float:
    """The share of marked pieces of the invented answers that are taken out whole."""
    taken = wanted = 0
    for line in VOICES["personal"]:
        shown = change(line) if change else line
        text = MARKED.sub(r"\1", shown)
        out = redact(text).text
        for piece in MARKED.findall(shown):
            wanted += 1
            words = [
                word for word in re.findall(r"[\w@.]+", piece) if word.lower() not in {"mr", "mrs", "miss", "dr", "pc"}
            ]
            taken += not any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", out) for word in words)
    return taken / wanted


def planted_quotes(writing: Callable[[str], str]) -> tuple[int, float]:
    """Put each name of the list into each sentence about one first name; how many quotes, and the share it left."""
    frames = [line for line in VOICES["personal"] if len(MARKED.findall(line)) == 1 and FIRST_NAME.search(line)]
    planted = [(writing(FIRST_NAME.sub(name, line)), writing(name)) for line in frames for name in VOICES["names"]]
    gone = [not re.search(rf"(?<!\w){name}(?!\w)", redact(text).text) for text, name in planted]
    return len(planted), sum(gone) / len(gone)


def test_nearly_every_detail_of_the_invented_answers_is_taken_out() -> None:
    assert found_share() >= 0.98


def test_lower_case_typing_hides_as_much() -> None:
    assert found_share(change=str.lower) >= 0.96


@pytest.mark.parametrize("writing", [str.lower, str.title])
def test_names_of_many_communities_leave_more_than_three_hundred_planted_quotes(writing: Callable[[str], str]) -> None:
    many, share = planted_quotes(writing)
    assert many >= 300
    assert share >= 0.98


def test_without_name_lists_and_letters_the_names_would_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: with the tagger off, the measures above must fail."""
    people = importlib.import_module("engage.analysis.method.redaction.people")
    monkeypatch.setattr(people, "_likely_at_home", lambda found: [False] * len(found))
    assert found_share() < 0.7
    assert planted_quotes(str.lower)[1] < 0.7


def test_ordinary_answers_are_left_as_they_are() -> None:
    touched = [line for line in VOICES["clean"] if redact(str(line)).spans]
    assert len(touched) <= 0.02 * len(VOICES["clean"]), touched


@pytest.mark.parametrize(
    "text",
    [
        "na", "my gran cant get past with her walker", "duży park, można grać w piłkę do wieczora",
        "i walk home in my pe kit",
        "adults never listen", "bins everywhere", "iftar at the community hall", "home since sunday", "im muslim",
        "I'll ring Friday", "I have tourettes", "every day since april",
    ],
)  # fmt: skip
def test_everyday_words_that_are_also_names_stay(text: str) -> None:
    assert redact(text).text == text


@pytest.mark.parametrize("name", ["walker", "april", "sunday", "callum walker"])
def test_the_same_words_go_where_they_name_somebody(name: str) -> None:
    assert redact(f"my friend {name} hit me").text == "my friend [name] hit me"


@pytest.mark.parametrize("name", VOICES["names"])
def test_names_of_many_communities_are_found_in_lower_case(name: str) -> None:
    assert redact(f"my friend {name} helps me").text == "my friend [name] helps me"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my friend amina", "PERSON"),
        ("ring 07700 900123", "PHONE"),
        ("write to fox@example.org", "EMAIL"),
        ("i live at 12 larkspur road", "ADDRESS"),
        ("my postcode is N12 9ZZ", "POSTCODE"),
        ("i go to larkspur academy", "SCHOOL"),
        ("my snap is foxy_91", "HANDLE"),
        ("i was born on 3 june 2010", "DATE_OF_BIRTH"),
        ("my social worker janet", "WORKER"),
        ("we meet at larkspur park", "PLACE_SPECIFIC"),
        ("see https://example.org/me", "URL"),
        ("my number is 12345678901234567", "NUMBER"),
    ],
)
def test_each_type_has_its_placeholder(text: str, kind: str) -> None:
    redacted = redact(text)
    assert [span[2] for span in redacted.spans] == [kind]
    assert PLACEHOLDERS[kind] in redacted.text


def test_words_that_are_also_names_are_read_by_what_stands_around_them() -> None:
    assert redact("i will go in may and i hope it will be summer").spans == ()
    assert redact("my friend grace helps and i told will").text == "my friend [name] helps and i told [name]"


def test_other_languages_lose_their_names_and_keep_their_words() -> None:
    assert redact("moja kolezanka Agnieszka jest smutna", language="pl").text == "moja kolezanka [name] jest smutna"
    assert redact("w szkole jest nudno i nie ma co robic", language="pl").spans == ()
    assert redact("أنا أحب المدرسة كثيرا", language="ar").spans == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("więcej lamp na ścieżce do szkoły, zimą nic nie widać", "pl"),
        ("śmieci na ulicach Przy szkole i za mało koszy", "pl"),
        ("Prea mult gunoi pe stradă, mai ales lângă blocuri", "ro"),
        ("Parkta daha fazla ışık olsun Ama akşam da açık olsun", "tr"),
    ],
)
def test_ordinary_words_of_other_languages_stay(text: str, language: str) -> None:
    assert redact(text, language=language).spans == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("my form is 9K and it is loud", "my form is [number] and it is loud"),
        ("a boy in 9K laughed", "a boy in [number] laughed"),
        ("his car reg is LR17 XKD", "his car reg is [number]"),
        ("my candidate number is 4471NW", "my candidate number is [number]"),
        ("it is dark on Kestrel Walk", "it is dark on [address]"),
        ("we ran a 10k and i got 9k likes", "we ran a 10k and i got 9k likes"),
    ],
)
def test_codes_after_a_word_that_announces_them_and_named_streets_leave(text: str, shown: str) -> None:
    assert redact(text).text == shown


@pytest.mark.parametrize(
    "text", ["", " ", "\x00", "\ud800 hi", "😀😀😀", "\u202ethe cat\u202c", "a\u0301" * 50, "أحب school وsister 中文"]
)
def test_odd_text_is_read_without_harm(text: str) -> None:
    redacted = redact(text)
    assert redacted.spans == ()
    assert redacted.text == text


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1 ",
        "a.",
        "a@",
        "hello amina from school ",
        "http://",
        "x_",
        "'",
        "mr ",
        "A B ",
        "07700 ",
        "flat 1 ",
        "-",
        "\n",
    ],
)
def test_a_hundred_kilobytes_take_a_moment(piece: str) -> None:
    began = time.process_time()
    redact((piece * 100_000)[:100_000])
    assert time.process_time() - began < 6


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_spans_are_in_order_and_the_rest_of_the_text_stays(text: str) -> None:
    redacted = redact(text)
    at, rest = 0, []
    for start, end, kind in redacted.spans:
        assert at <= start < end <= len(text)
        assert kind in PLACEHOLDERS
        rest.append(text[at:start])
        at = end
    kept = "".join([*rest, text[at:]])
    assert len(redacted.text) == len(kept) + sum(len(PLACEHOLDERS[kind]) for _, _, kind in redacted.spans)


def test_the_examples_in_the_docstrings_run() -> None:
    modules = [
        importlib.import_module(f"{redaction.__name__}.{found.name}")
        for found in pkgutil.iter_modules(redaction.__path__)
    ]
    assert sum(doctest.testmod(module).failed for module in modules) == 0


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("i go to hendon school", "i go to [school]"),
        ("friern barnet school is ok", "[school] is ok"),
        ("i hate finchley primary", "i hate [school]"),
        ("barnet schools are full", "barnet schools are full"),
        ("from hendon to my school", "from hendon to my school"),
        ("i live at 22b the ridgeway", "i live at [address]"),
        ("at 4 the teacher left", "at 4 the teacher left"),
    ],
)
def test_a_part_of_the_borough_names_its_school_and_a_number_its_house(said, left):
    assert redact(said).text == left


@pytest.mark.parametrize(
    "said",
    [
        "he said hed post the pics", "he said hed kill me", "she told shed be back", "chelsea won on saturday",
        "im being sent to somalia to get married",
    ],
)  # fmt: skip
def test_what_has_to_be_read_stays(said):
    assert redact(said).text == said


def test_a_name_that_is_also_a_club_is_still_a_name():
    assert redact("chelsea hit me").text == "[name] hit me"
