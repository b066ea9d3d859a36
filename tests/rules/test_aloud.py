"""What is read aloud in half a minute: whole sentences, never new words."""

from engage.youwesaid.rules.aloud import seconds, shortened

SAID = "One two three. Four five six? Seven eight nine ten."


def test_words_are_cut_where_a_sentence_ends():
    assert shortened(SAID, most=6) == "One two three. Four five six?"
    assert shortened(SAID, most=10) == SAID
    assert shortened("قلتم هذا؟ ثم ذاك.", most=2) == "قلتم هذا؟"


def test_the_first_sentence_stays_however_long_it_is():
    assert shortened("One two three four five. Six.", most=2) == "One two three four five."
    assert shortened("", most=5) == ""


def test_half_a_minute_is_seventy_five_words():
    assert seconds("word " * 50, "word " * 25) == 30
