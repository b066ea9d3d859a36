"""An answer sounds the other way only where it plainly says so; a wish or bad news in friendly words does not."""

import pytest

from engage.accounts.rules import Role
from engage.analysis.jobs.coding import suggest_codes
from engage.analysis.jobs.other_way import says_bad, says_good
from engage.analysis.queries.frame import voices_of
from tests.answers import PARK, make_excerpts
from tests.coding import code, make_frame
from tests.people import make_person
from tests.surveys import make_wave

GOOD = [
    "they put lamps along the canal so now i can get home from swimming", "They put the reading room back.",
    "new benches by the shops its way less crowded", "easy to get to town, the tram is round the corner",
    "I like the pond. You can see herons", "the librarian is really kind", "my street feels safer",
]  # fmt: skip
NOT_GOOD = [
    "the pond is full of bottles and bags, we did a clean up and it was back in a week",
    "[worker] locks the door and laughs about it", "Brighter lamps, the yellow ones dont do anything",
    "clubs that are ok for deaf people, everything is too loud and bright", "it would be nice if there was a bus",
    "the bus is good but it is late", "i like how they never listen", "easy to get vapes", "is it safe?",
    "my nan is sick", "i love my road and hate the horrible noise",
    "somewhere safe to leave a scooter, had 2 nicked",
]  # fmt: skip


@pytest.mark.parametrize("words", GOOD)
def test_what_plainly_says_that_something_is_good_is_heard(words):
    assert says_good(words)
    assert not says_bad(words)


@pytest.mark.parametrize("words", NOT_GOOD)
def test_a_wish_or_bad_news_in_friendly_words_is_no_praise(words):
    assert not says_good(words)


@pytest.mark.parametrize("words", ["i dont feel safe there", "the stairs are disgusting", "my road is really scary"])
def test_what_plainly_says_that_something_is_bad_is_heard(words):
    assert says_bad(words)
    assert not says_good(words)


@pytest.mark.parametrize("words", ["the people!! we are family, even late at night", "the bakery, the smell is mad"])
def test_praise_in_rough_words_is_no_complaint(words):
    assert not says_bad(words)


SAD = ["the dark park is horrible and scary", "i hate the dark park it is awful", "bad broken lights terrible park"]


@pytest.mark.parametrize(("words", "shown"), [(GOOD[0], True), (NOT_GOOD[0], False), (NOT_GOOD[2], False)])
def test_a_theme_shows_who_plainly_says_the_other_way_and_nobody_else(database, words, shown):
    voice, found = make_person(Role.VOICE), make_excerpts(make_wave(), *PARK, *SAD, words)
    _, park = make_frame(voice)
    for excerpt_id in found.values():
        code(excerpt_id, park, by=voice)
    suggest_codes("wave:youth")
    contrary = [one.words for one in voices_of([park])[park] if one.contrary]
    assert contrary == ([words] if shown else [])
