import copy

import pytest

from engage.surveys.rules.definition import BrokenDefinition, Kind, check_conditions, parse, to_document
from engage.surveys.rules.publishing import faults
from engage.surveys.rules.reach import unreachable


def make_document(*items, **changes):
    return {
        "code": "small",
        "title": {"en": "Small"},
        "ages": [11, 18],
        "minutes": 1,
        "minimum": 8,
        "languages": ["en"],
        "owner": "Voice team",
        "bands": [{"code": "all", "from": 11, "to": 18, "words": {"en": "11 to 18"}}],
        "scales": {"yes_no": {"headline": ["yes"], "options": [make_option("yes"), make_option("no")]}},
        "sections": [{"code": "one", "title": {"en": "One"}, "items": list(items)}],
    } | changes


def make_option(code, **changes):
    return {"code": code, "words": {"en": code}} | changes


def make_item(code="like", kind="yes_no", **changes):
    return {"code": code, "kind": kind, "words": {"en": "Do you like it?"}, "purpose": "A test"} | changes


def make_grid(**changes):
    rows = [{"code": f"safe_{place}", "words": {"en": f"How safe is {place}?"}} for place in ("home", "school", "bus")]
    return {"code": "safe", "kind": "grid", "scale": "yes_no", "purpose": "A test", "rows": rows} | changes


def test_words_fall_back_to_english():
    item = parse(make_document(make_item(words={"en": "Hello", "pl": "Cześć"}))).item("like")
    assert item.words.in_("pl") == "Cześć"
    assert item.words.in_("ar") == "Hello"


def test_a_plain_string_is_the_same_in_every_language():
    item = make_item("area", "area", options=[{"code": "hendon", "words": "Hendon"}])
    words = parse(make_document(item, languages=["en", "ar"])).item("area").options[0].words
    assert words.in_("ar") == words.in_("en") == "Hendon"
    assert words.languages == {"en", "ar"}


def test_an_item_takes_options_and_headline_from_its_scale():
    item = parse(make_document(make_item())).item("like")
    assert item.kind is Kind.YES_NO
    assert item.option_codes == ("yes", "no")
    assert item.headline == ("yes",)
    assert item.owner == "Voice team"


def test_a_grid_is_opened_into_one_item_a_row():
    rows = make_grid()["rows"]
    rows[0] |= {"sensitive": True, "support_when": {"is": ["safe_home", "no"]}}
    definition = parse(make_document(make_grid(rows=rows)))
    assert [item.code for item in definition.items] == ["safe_home", "safe_school", "safe_bus"]
    assert {item.grid for item in definition.items} == {"safe"}
    assert [item.sensitive for item in definition.items] == [True, False, False]
    assert all(item.option_codes == ("yes", "no") for item in definition.items)


def test_a_grid_and_a_section_may_rotate():
    definition = parse(make_document(make_grid(rotate=2)))
    assert definition.rotations[0].rows == ("safe_home", "safe_school", "safe_bus")
    section = {"code": "one", "title": {"en": "One"}, "rotate": 1, "items": [make_item("a"), make_item("b")]}
    assert parse(make_document(sections=[section])).rotations[0].rows == ("a", "b")


def test_a_definition_survives_being_written_and_read():
    document = make_document(
        make_item("age", "age", why={"en": "To fit"}),
        make_item("n", "number", low={"en": "None"}, high={"en": "All"}, number_bands={"low": [0, 4], "high": [5, 10]}),
        make_item("m", "multiple", options=[make_option(c) for c in "abc"], pick=2, exclusive=["c"], shuffle=True,
                  keep_last=["c"], show_if={"all": [{"gte": ["age", 16]}, {"not": {"lt": ["n", 3]}}]}),
        make_item("s", "scale", options=[make_option("good", face=5), make_option("bad", face=1)], missing=False),
        make_grid(rotate=2, series="youth", sensitive=True, special_category="health", why={"en": "To know"}),
        make_item("o", "open", long=True, module="more", support_when={"answered": "o"}),
    )  # fmt: skip
    definition = parse(document)
    assert parse(to_document(definition)) == definition
    assert to_document(parse(to_document(definition))) == to_document(definition)


def test_a_section_gives_its_condition_and_module_to_its_items():
    items = [make_item("a"), make_item("b", show_if={"is": ["a", "yes"]})]
    extra = {"code": "x", "title": {"en": "X"}, "module": "police", "show_if": {"gte": ["age", 13]}, "items": items}
    first = {"code": "one", "title": {"en": "One"}, "items": [make_item("age", "age")]}
    definition = parse(make_document(sections=[first, extra]))
    assert definition.modules == ("police",)
    assert definition.item("a").show_if.items == {"age"}
    assert definition.item("b").show_if.items == {"age", "a"}


def test_a_wave_fields_the_core_and_the_modules_it_switches_on():
    definition = parse(make_document(make_item("a"), make_item("b", module="more"), make_item("c", module="most")))
    assert list(definition.with_modules(set()).by_code) == ["a"]
    assert list(definition.with_modules({"most"}).by_code) == ["a", "c"]
    with pytest.raises(BrokenDefinition, match="no module less"):
        definition.with_modules({"less"})


def test_a_section_without_items_is_not_fielded():
    sections = [
        {"code": "one", "title": {"en": "One"}, "items": [make_item("a")]},
        {"code": "two", "title": {"en": "Two"}, "module": "more", "items": [make_item("b")]},
    ]
    definition = parse(make_document(sections=sections))
    assert [section.code for section in definition.with_modules(set()).sections] == ["one"]


def test_a_core_question_may_not_hang_on_a_module():
    items = [make_item("a", module="more"), make_item("b", show_if={"is": ["a", "yes"]})]
    definition = parse(make_document(*items))
    check_conditions(definition)
    with pytest.raises(BrokenDefinition, match="b: its condition looks at a"):
        definition.with_modules(set())


def test_the_band_of_an_age_includes_both_ends():
    definition = parse(make_document(make_item()))
    assert definition.band_of(11).code == definition.band_of(18).code == "all"
    assert definition.band_of(19) is None


BROKEN = {
    "small.like: words must be a text for each language": make_item(words=None),
    "small.one.like.words: The English text is missing": make_item(words={"pl": "Cześć"}),
    "there is no kind 'slider'": make_item(kind="slider"),
    "nobody reads colour": make_item(colour="red"),
    "purpose must be str": make_item(purpose=None),
    "single needs options": make_item(kind="single"),
    "open has no options": make_item(kind="open", options=[make_option("a")]),
    "two options have the same code": make_item(options=[make_option("a"), make_option("a")], headline=[]),
    "exclusive names none, which is no option": make_item(exclusive=["none"]),
    "say what 0 and 10 mean": make_item(kind="number"),
    "looks at nothing, which is not asked before it": make_item(show_if={"is": ["nothing", "yes"]}),
    "looks at like, which is not asked before it": make_item(show_if={"is": ["like", "yes"]}),
    "its condition wants maybe, no option of like": make_item(support_when={"is": ["like", "maybe"]}),
    "show_if: There is no operator 'matches'": make_item(show_if={"matches": ["like", "yes"]}),
    "must be texts (write 'yes' and 'no' in quotes)": make_item(exclusive=[True]),
    "pick must be int": make_item(pick="3"),
    "a mapping is wanted here": "a question",
}


@pytest.mark.parametrize(("message", "item"), BROKEN.items(), ids=BROKEN)
def test_a_broken_item_is_refused_with_its_place(message, item):
    with pytest.raises(BrokenDefinition) as refused:
        parse(make_document(item))
    assert message.removeprefix("small.like: ") in str(refused.value)
    assert "like" in str(refused.value) or "small.one.0" in str(refused.value)


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("small: ages must be [lowest, highest]", {"ages": [18, 11]}),
        ("small: sections must be list", {"sections": "one"}),
        ("small: nobody reads colour", {"colour": "red"}),
        ("small: minimum must be int", {"minimum": True}),
        ("small.0: a mapping is wanted here", {"bands": ["young"]}),
        ("rows: there is no row z", {"rotations": [{"code": "rows", "show": 1, "rows": ["z"]}]}),
    ],
)
def test_a_broken_survey_is_refused_with_its_place(message, changes):
    with pytest.raises(BrokenDefinition) as refused:
        parse(make_document(make_item(), **changes))
    assert message in str(refused.value)


def test_two_items_may_not_share_a_code():
    with pytest.raises(BrokenDefinition, match="two items are called like"):
        parse(make_document(make_item(), make_item()))


def test_reading_leaves_the_document_as_it_was():
    document = make_document(make_item(), make_grid(rotate=2))
    before = copy.deepcopy(document)
    parse(document)
    assert document == before


@pytest.mark.parametrize(
    ("show_if", "reached"),
    [
        ({"gte": ["age", 16]}, True),
        ({"gte": ["age", 19]}, False),
        ({"all": [{"gte": ["age", 16]}, {"lt": ["age", 16]}]}, False),
        ({"any": [{"gte": ["age", 19]}, {"is": ["a", "yes"]}]}, True),
        ({"all": [{"is": ["a", "yes"]}, {"is": ["a", "no"]}]}, False),
        ({"all": [{"is": ["b", "yes"]}, {"is": ["a", "no"]}]}, False),
        ({"all": [{"is_not": ["b", "yes"]}, {"is": ["a", "no"]}]}, True),
        ({"not": {"any": [{"answered": "a"}, {"is": ["a", "dont_know"]}]}}, True),
        ({"all": [{"not": {"answered": "a"}}, {"is": ["a", "yes"]}]}, False),
        ({"all_of": ["m", ["x", "y"]]}, True),
        ({"all_of": ["m", ["x", "y", "z"]]}, False),
        ({"all_of": ["m", ["x", "none"]]}, False),
        ({"is": ["a", "rather_not_say"]}, True),
        ({"all": [{"gt": ["n", 9]}, {"lt": ["n", 10]}]}, False),
        ({"gt": ["n", 10]}, False),
        ({"answered": "o"}, True),
    ],
    ids=str,
)
def test_an_item_nobody_can_reach_is_found(show_if, reached):
    definition = parse(
        make_document(
            make_item("age", "age"),
            make_item("a"),
            make_item("b", show_if={"is": ["a", "yes"]}),
            make_item(
                "m", "multiple", pick=2, exclusive=["none"], options=[make_option(c) for c in ("x", "y", "z", "none")]
            ),
            make_item("n", "number", low={"en": "None"}, high={"en": "All"}),
            make_item("o", "open"),
            make_item("last", show_if=show_if),
        )
    )
    assert unreachable(definition) == ([] if reached else ["last"])


@pytest.mark.parametrize(
    ("fault", "item"),
    [
        ("like: offer “don't know” and “rather not say”", make_item(missing=False)),
        ("like: it is sensitive, so name its special-category condition", make_item(sensitive=True)),
        ("like: it is sensitive, so say why we ask", make_item(sensitive=True)),
        ("like: pl is missing in 3 texts", make_item()),
        ("like: say its purpose and its owner", make_item(purpose="")),
        ("too hard to read", make_item(words={"en": "Characterise organisational communication effectiveness"})),
    ],
)
def test_what_stands_in_the_way_of_publishing_is_told(fault, item):
    assert fault in " / ".join(faults(parse(make_document(item, languages=["en", "pl"]))))
