"""What is heard, how long an alert may wait, and who must not be the second reader."""

from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.accounts.rules import Role
from engage.safeguarding.rules import hearing
from engage.safeguarding.rules.alerts import (
    ALERT,
    BEFORE,
    LONGEST,
    both,
    check_may_read,
    check_second_reader,
    due_at,
    waited,
    wants_second_reader,
)
from engage.safeguarding.rules.duty import working_days
from engage.safeguarding.rules.hearing import around, heard, kind_names
from engage.safeguarding.rules.reading import Opened, opened_from
from engage.safeguarding.rules.signposts import ALWAYS_SHOWN, WRITTEN_ON, are_reviewed
from engage.shared.errors import NotAllowed, NotOpen
from engage.shared.states import CLOCK

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
FRIDAY = MONDAY + timedelta(days=4)

# Invented, each in a voice of its own; nobody said these things.
DISCLOSURES = {
    "suicide": [
        "i want to die", "I wanna kill myself", "ive been thinking about taking my own life", "kms fr",
        "i dont want to be here anymore", "everyone would be better off without me", "im suicidal", "I WANT TO DIEEEE",
        "i want 2 k1ll myself", "su1cide", "chcę umrzeć", "nie chcę już żyć", "أريد أن أموت", "vreau să mor",
        "ölmek istiyorum", "quiero morir", "می‌خواهم بمیرم", "મારે મરવું છે",
    ],
    "self_harm": ["i cut myself when im sad", "Ive been self harming", "cuts on my arms", "tnę się", "i burn myself"],
    "sexual": [
        "my uncle touches me at night", "i was raped", "he r4ped me", "my step dad comes into my bed", "r*ped",
        "a boy at school groped me", "he made me touch him", "ktoś mnie dotyka", "تحرش بي", "me violó",
    ],
    "hurt": [
        "my dad hits me", "Mum's boyfriend beats us with a belt", "he strangled me", "my carer slapped me",
        "i get hit at home", "theres domestic violence at home", "tata mnie bije", "بابا يضربني", "babam beni dövüyor",
        "mă bate", "my dad hiiiits me", "my brother's punching me", "he hits my mum",
    ],
    "exploited": [
        "they make me sell drugs", "i owe money to some olders", "a man online wants me to send pictures",
        "hes blackmailing me", "someone shared nudes of me", "he told me not to tell anyone", "im in a county line",
    ],
    "threatened": ["he pulled a knife on me", "they threatened to stab me", "a man followed me home", "grozi mi"],
    "neglected": ["there is no food at home", "my mum leaves me alone all night", "he locks me in", "im homeless"],
    "running": ["i want to run away", "im going to run away from my placement"],
    "afraid": ["im scared of my dad", "i dont feel safe at home", "im afraid to go home", "boję się ojca"],
    "honour": ["they are forcing me to marry him", "forced marriage", "زواج قسري"],
}  # fmt: skip
EVERYDAY = [
    "the bus is always late", "more lights in the park", "maths is killing me lol", "i nearly died laughing",
    "my brother beats me at fifa", "hit me up if you want to play", "it hits me every time how big london is",
    "suicide squad was a good film", "i would kill for a youth club here", "homework makes me tired",
    "we learned about county lines in assembly", "they kicked us out of the park", "this song touched my heart",
    "dead nice teachers", "the food is rank", "I cut my hair", "my mum hits the gym", "nothing", "idk", "no",
    "very_safe", "self_harm", "rather-not-say", "", "lubię szkołę", "أحب المدرسة", "the shooting in the game is fun",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "words"), [(kind, one) for kind, many in DISCLOSURES.items() for one in many])
def test_a_disclosure_is_heard_and_its_kind_known(kind, words):
    found = heard(words)
    assert found is not None
    assert found.kind in kind_names()
    assert found.kind == kind or found.score >= 0.7


@pytest.mark.parametrize("words", EVERYDAY)
def test_everyday_words_raise_nothing(words):
    assert heard(words) is None


def test_every_kind_of_the_list_is_tried_here():
    assert set(DISCLOSURES) == set(kind_names())


def test_the_list_says_that_no_practitioner_has_reviewed_it():
    assert "not yet reviewed by a practitioner" in hearing.LIST.read_text("utf-8")


def test_the_most_urgent_harm_wins():
    assert heard("i dont feel safe at home and i want to die").kind == "suicide"


@given(st.text())
def test_nothing_anybody_types_breaks_the_ear(text):
    found = heard(text)
    assert found is None or 0 < found.score <= 1


def test_sixty_ordinary_fields_take_less_than_a_millisecond():
    post = ["very_safe", "agree", "3", "dont_know", ""] * 11 + ["More lights in the park, please. It's dark."] * 5
    assert min(_seconds(lambda: [heard(words) for words in post]) for _ in range(20)) < 0.001


def test_time_grows_with_the_text_and_no_faster():
    words = "he always wants to make me "
    short, long = (min(_seconds(lambda n=n: heard(words * n)) for _ in range(3)) for n in (1_000, 8_000))
    assert long < 16 * short


def test_harm_at_the_end_of_a_very_long_text_is_kept():
    text = "the park " * 50_000 + "my dad hits me"
    assert around(text, heard(text)).endswith("my dad hits me")


def _seconds(work):
    start = perf_counter()
    work()
    return perf_counter() - start


def test_an_urgent_alert_waits_four_hours_and_any_other_until_the_next_working_day():
    assert due_at(MONDAY, 0.9) == MONDAY + timedelta(hours=4)
    assert due_at(MONDAY, 0.7) == MONDAY + timedelta(days=1)
    assert due_at(FRIDAY, 0.7) == MONDAY + timedelta(days=7)


def test_what_came_at_night_is_due_at_noon_never_before_anybody_came_to_work():
    midnight = datetime(2026, 11, 28, tzinfo=UTC)  # a Saturday
    assert due_at(midnight, 0.7) == datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert due_at(datetime(2026, 7, 6, 7, 59, tzinfo=UTC), 0.7) == datetime(2026, 7, 7, 11, tzinfo=UTC)  # summer
    assert due_at(datetime(2026, 7, 6, 8, 0, tzinfo=UTC), 0.7) == datetime(2026, 7, 7, 8, tzinfo=UTC)
    assert due_at(midnight, 0.9) == midnight + timedelta(hours=4)


def test_an_alert_is_acknowledged_before_it_is_closed():
    with pytest.raises(NotOpen):
        ALERT.move("close", state="raised", roles=[Role.SAFEGUARDING])
    assert ALERT.move("acknowledge", state="raised", roles=[Role.VOICE]) == "acknowledged"
    with pytest.raises(NotAllowed):
        ALERT.move("close", state="acknowledged", roles=[Role.VOICE])


def test_no_person_plays_the_clock():
    with pytest.raises(NotAllowed):
        ALERT.move("escalate", state="raised", roles=list(Role))
    assert ALERT.move("escalate", state="raised", roles=[CLOCK]) == "raised"


def test_an_urgent_no_concern_is_always_read_twice_and_a_fifth_of_the_rest():
    assert wants_second_reader("no_concern", 0.9, draw=0.99)
    assert not wants_second_reader("no_concern", 0.5, draw=0.99)
    assert wants_second_reader("referred", 0.5, draw=0.19)
    assert not wants_second_reader("emergency", 0.95, draw=0.2)


def test_nobody_is_their_own_second_reader():
    check_second_reader(1, 2)
    with pytest.raises(NotAllowed):
        check_second_reader(1, 1)


def test_the_team_reads_alerts_only_on_the_rota():
    check_may_read(frozenset({Role.VOICE}), on_duty=True)
    check_may_read(frozenset({Role.SAFEGUARDING}), on_duty=False)
    for roles in (frozenset({Role.VOICE}), frozenset()):
        with pytest.raises(NotAllowed):
            check_may_read(roles, on_duty=False)


def test_words_sent_again_are_kept_once_and_never_without_end():
    assert both(None, "a") == "a"
    assert both("a b", "a b c") == "a b c"
    assert both("a b c", "b") == "a b c"
    assert both("a", "b") == "b" + BEFORE + "a"
    assert len(both("a" * LONGEST, "b" * LONGEST)) == LONGEST


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "less than a minute"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (2880, "2 days")],
)
def test_waiting_is_said_in_words(minutes, words):
    assert waited(MONDAY - timedelta(minutes=minutes), now=MONDAY) == words


def test_a_reason_holds_for_half_an_hour_from_when_it_was_picked():
    first = Opened(7).add("alert 1", "as lead", MONDAY)
    later = opened_from(first.kept(), by=7).add("alert 2", "", MONDAY + timedelta(minutes=29))
    assert later.holds("alert 1", MONDAY + timedelta(minutes=29))
    assert not later.holds("alert 2", MONDAY + timedelta(minutes=30))
    assert not opened_from(None, by=7).holds("alert 1", MONDAY)


def test_what_somebody_else_opened_in_the_same_browser_is_closed():
    kept = Opened(7).add("alert 1", "as lead", MONDAY).kept()
    assert opened_from(kept, by=7).holds("alert 1", MONDAY)
    assert opened_from(kept, by=8) == Opened(8)
    assert opened_from({key: kept[key] for key in kept if key != "by"}, by=7) == Opened(7)


def test_nobody_reads_at_the_weekend():
    assert [day.day for day in working_days(FRIDAY.date(), FRIDAY.date() + timedelta(days=3))] == [27, 30]


def test_the_help_lines_of_every_page_are_reviewed_every_ninety_days():
    assert [line.call for line in ALWAYS_SHOWN] == ["999", "0800 1111", "85258", "020 8359 4066"]
    assert are_reviewed(WRITTEN_ON, today=WRITTEN_ON + timedelta(days=90))
    assert not are_reviewed(WRITTEN_ON, today=WRITTEN_ON + timedelta(days=91))
