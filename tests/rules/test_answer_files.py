"""Files of answers: codes keep their numbers, nobody stands alone in a protected one, SPSS reads what we write."""

import io
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engage.shared.errors import NotAllowed
from engage.surveys.rules.answer_files.columns import HIDDEN, MISSING, Column, columns_of
from engage.surveys.rules.answer_files.protecting import BASE, Coded, Sharing, kept_columns, protected_rows, rare
from engage.surveys.rules.answer_files.spss import write_sav
from engage.surveys.rules.answer_files.tables import codebook, codebook_csv, write_csv
from engage.surveys.rules.answer_files.taking import Taking, check_reason
from engage.surveys.rules.definition import parse
from engage.surveys.rules.shipped import CODES, shipped
from tests.rules.test_definition import make_document, make_item, make_option
from tests.sav import read_sav

DAY = date(2026, 11, 26)
GROUPS = st.lists(st.tuples(*(st.sampled_from("abcdefgh") for _ in range(3))), min_size=8, max_size=300)


def named(columns):
    return {column.name: column for column in columns}


def version(*codes, **changes):
    """A version that offers these answers."""
    options = [make_option(code) for code in codes]
    return parse(make_document(make_item("like", "single", options=options, **changes)))


def test_each_answer_has_a_number_and_each_reason_for_none_its_own():
    column = named(columns_of([shipped("youth")]))["area_happy"]
    assert column.labels["very_happy"] == (1, "Very happy")
    assert {code: column.labels[code][0] for code in MISSING} == MISSING
    assert column.code([]) == "not_asked"
    assert column.code(["skipped"]) == "skipped"


def test_what_is_ticked_has_a_column_each():
    columns = named(columns_of([shipped("youth")]))
    ticked = columns["ways_to_say__school"]
    assert (ticked.code(["school", "group"]), ticked.code(["group"]), ticked.code(["dont_know"])) == (
        "ticked",
        "not_ticked",
        "dont_know",
    )


def test_of_a_typed_place_only_that_it_was_typed_is_kept():
    column = named(columns_of([shipped("youth")]))["area"]
    assert column.code(["N12"]) == "typed_area"


def test_an_answer_that_a_later_version_dropped_keeps_its_number_and_its_words():
    column = columns_of([version("yes", "maybe", "no"), version("yes", "no", "never")])[0]
    numbers = {code: number for code, (number, _) in column.labels.items() if number > 0}
    assert numbers == {"yes": 1, "maybe": 2, "no": 3, "never": 4}
    assert column.labels["maybe"] == (2, "maybe")
    assert columns_of([version("yes", "maybe", "no")])[0].labels["no"][0] == 3


def test_words_come_from_the_newest_version_and_a_question_that_went_stays():
    old = parse(make_document(make_item("gone"), make_item("like", words={"en": "Old words"})))
    columns = columns_of([old, parse(make_document(make_item("like", words={"en": "New words"})))])
    assert [(column.name, column.words) for column in columns] == [("gone", "Do you like it?"), ("like", "New words")]


@pytest.mark.parametrize("code", CODES)
def test_names_are_what_every_program_takes(code):
    names = [column.name for column in columns_of([shipped(code)])]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.isidentifier() and len(name) <= 64 for name in names)


def test_two_names_that_would_be_one_are_told_apart():
    items = [
        make_item("all"),
        make_item("a" * 60),
        make_item("m", "multiple", options=[make_option("A"), make_option("a")]),
    ]
    assert [column.name for column in columns_of([parse(make_document(*items))])] == [
        "all_",
        "a" * 60,
        "m__a",
        "m__a_2",
    ]


@given(GROUPS, st.integers(2, 8))
@settings(max_examples=200, deadline=None)
def test_in_a_protected_file_nobody_stands_among_fewer_than_the_minimum(people, minimum):
    sharing = Sharing(minimum).split(Counter(people))
    shown = Counter(sharing.shown[one] for one in people)
    assert min(shown.values()) >= minimum
    assert all(seen in (HIDDEN, true) for one in people for seen, true in zip(sharing.shown[one], one, strict=True))


def test_with_the_guard_off_somebody_would_stand_alone():
    people = [("a", "x")] * 20 + [("a", "y")]
    assert min(Counter(people).values()) == 1
    assert set(Sharing(8).split(Counter(people)).shown.values()) == {("a", HIDDEN)}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40)), st.integers(2, 12))
def test_rare_answers_are_hidden_together_with_enough_others(counts, minimum):
    hidden = rare(counts, minimum)
    together = sum(counts[code] for code in hidden)
    assert all(counts[code] >= minimum for code in counts if counts[code] and code not in hidden)
    assert together == 0 or together >= min(minimum, sum(counts.values()))


def labelled(*codes):
    return {code: (number, code) for number, code in enumerate(codes)}


AGE = Column("age", "", "age", labelled("young", "middle", "old"), about=True)
SEX = Column("sex", "", "sex", labelled("girl", "boy"), about=True)
PARK = Column("park", "", "park", labelled("yes", "no", "unsure", "rather_not_say"))
WORK = replace(PARK, name="work", item="work", follows=frozenset({"age"}))
CODES_OF = (("young", "middle", "old"), ("girl", "boy"), ("yes", "no", "unsure", "rather_not_say"))


def coded(rows):
    """The rows of these columns, each code as its place."""
    columns = (AGE, SEX, PARK, WORK)
    codes = (*CODES_OF, CODES_OF[-1])
    places = [bytes(each.index(code) for each, code in zip(codes, row, strict=True)) for row in rows]
    return Coded(columns, codes, places)


def tables_of(rows):
    """Every count of one answer among people alike in some of the facts about them."""
    for wanted in ((0,), (1,), (0, 1)):
        for answer in (2, 3):
            yield from Counter((*(row[place] for place in wanted), row[answer]) for row in rows).items()


PEOPLE = st.lists(
    st.tuples(*(st.sampled_from(codes) for codes in (*CODES_OF, CODES_OF[-1]))), min_size=BASE, max_size=400
)


@given(PEOPLE, st.integers(8, 12))
@settings(max_examples=150, deadline=None)
def test_no_table_of_a_protected_file_shows_a_few_or_who_is_exactly_how_many(people, minimum):
    rows = [tuple(row) for row in protected_rows(coded(people), minimum=minimum)]
    groups = Counter(row[:2] for row in rows)
    assert all(count >= BASE and count % 5 == 0 for count in groups.values())
    assert len(people) - 4 * len(groups) <= len(rows) <= len(people)
    for cell, count in tables_of(rows):
        assert cell[-1] == HIDDEN or count >= minimum, cell
    assert rows == [tuple(row) for row in protected_rows(coded(people), minimum=minimum)], "the same each time"


def test_with_the_guard_off_the_same_tables_would_show_a_few():
    people = [("young", "girl", "no", "yes")] * 3 + [("young", "girl", "yes", "yes")] * 30
    assert min(count for _, count in tables_of(people)) == 3
    rows = list(protected_rows(coded(people), minimum=8))
    assert Counter(row[2] for row in rows) == {HIDDEN: 30}, "with three, the next rarest goes too"


def test_what_is_only_asked_because_of_something_hidden_is_hidden_too():
    people = [("old", "boy", "yes", "yes")] * 40 + [("young", "boy", "yes", "yes")] * 3
    people += [("middle", "boy", "yes", "no")] * 20
    rows = list(protected_rows(coded(people), minimum=8))
    assert Counter((row[0], row[3]) for row in rows) == {("old", "yes"): 40, (HIDDEN, HIDDEN): 20}
    assert {row[2] for row in rows} == {"yes"}


def test_a_protected_file_leaves_out_what_is_sensitive_where_somebody_is_and_what_follows_from_it():
    kept = named(kept_columns(columns_of([shipped("youth")])))
    assert not {"safe_home", "gender", "area", "area_best", "unsafe_why__bullying", "lgbt"} & set(kept)
    assert {"age", "area_happy", "ways_to_say__school"} <= set(kept)
    items = [make_item("secret", sensitive=True), make_item("more", show_if={"is": ["secret", "yes"]})]
    last = make_item("last", show_if={"is": ["more", "yes"]})
    assert kept_columns(columns_of([parse(make_document(*items, last))])) == []


def test_in_full_is_for_the_voice_team_only():
    taking = Taking("csv", "return", "The officer, 3 May", earlier=False)
    check_reason(taking, {"voice"})
    with pytest.raises(NotAllowed):
        check_reason(taking, {"safeguarding"})
    check_reason(replace(taking, reason="check"), {"safeguarding"})


def test_a_csv_runs_nothing_that_somebody_typed():
    column = Column("why", "Why?", "why", {})
    file = io.BytesIO()
    assert write_csv(file, [column], [["=1+1"], ["-3"], ["@SUM(A1)"], ["plain, words"], ["\t=1"]]) == 5
    assert file.getvalue().decode("utf-8-sig").splitlines() == [
        "why", "'=1+1", "'-3", "'@SUM(A1)", '"plain, words"', "'\t=1",
    ]  # fmt: skip


def test_the_codebook_names_every_code_of_every_column():
    columns = columns_of([version("yes", "no")])
    assert next(codebook(columns)) == ("like", "Do you like it?", "1", "yes", "yes")
    assert codebook_csv(columns).count("\n") == 1 + len(columns[0].labels)


def test_spss_reads_back_every_number_every_word_and_every_label():
    columns = columns_of([shipped("youth")])
    rows = [[invented(column, number) for column in columns] for number in range(60)]
    file = io.BytesIO()
    assert write_sav(file, columns, rows, title="Ankieta młodych", made=DAY) == 60
    read = read_sav(file.getvalue())
    assert read.names == [column.name for column in columns]
    for column, variable in zip(columns, read.variables, strict=True):
        assert variable.label == fitting(column.words, 240)
        assert variable.missing == (None if column.text else (-9.0, -1.0))
        assert variable.labels == {float(number): words for number, words in column.labels.values()}
    assert read.rows == [
        [fitting(value, 255) if one.text else one.labels[value][0] for one, value in zip(columns, row, strict=True)]
        for row in rows
    ]


def invented(column, number):
    if column.text:
        return "Café ☕ żółw " * (number % 40)
    return list(column.labels)[(number + len(column.name)) % len(column.labels)]


def fitting(words, size):
    return " ".join(words.split()).encode()[:size].decode("utf-8", "ignore").rstrip()


def test_each_new_kind_of_question_has_its_columns():
    places = [make_option(code) for code in ("bus", "park")]
    items = [
        make_item("order", "ranking", options=places),
        make_item("cats", "amount", least=0, most=20, number_bands={"few": [0, 9], "many": [10, 20]}),
        make_item("steps", "amount", least=0, most=9000, number_bands={"few": [0, 99], "many": [100, 9000]}),
        make_item("way", "single", options=places, other="park"),
        make_item("word", "short"),
    ]
    columns = named(columns_of([parse(make_document(*items))]))
    assert list(columns) == ["order__bus", "order__park", "cats", "steps", "way", "way__words", "word", "word__why"]
    assert columns["order__park"].code(["1.park", "2.bus"]) == "1"
    assert columns["order__bus"].code(["1.park"]) == "not_placed"
    assert columns["cats"].labels[columns["cats"].code(["12"])] == (12, "12")
    assert columns["steps"].code(["100"]) == "many"
    assert columns["way__words"].text


def test_a_choice_that_is_written_now_stays_beside_the_words():
    columns = named(columns_of([version("yes", "no"), parse(make_document(make_item("like", "open")))]))
    assert list(columns) == ["like", "like__why", "like__before"]
    assert columns["like"].text
    assert columns["like__before"].labels["no"][0] == 2
    several = parse(make_document(make_item("like", "multiple", options=[make_option("bus")])))
    assert "like__before__bus" in named(columns_of([several, parse(make_document(make_item("like", "open")))]))


def test_an_answer_that_was_asked_for_in_another_way_counts_as_not_asked():
    old, new = (
        version("yes", "no"),
        parse(make_document(make_item("like", "number", low={"en": "a"}, high={"en": "b"}))),
    )
    column = columns_of([old, new])[0]
    assert column.code(["7"]) == "7"
    assert column.code(["unheard_of"]) == "not_asked"
