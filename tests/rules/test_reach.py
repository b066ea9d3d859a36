"""A phone number is written the same way each time, whatever keyboard it was typed on."""

import pytest

from engage.forums.rules.reach import reach
from engage.shared.errors import NotValid
from engage.surveys.rules.text import first_half, plain_digits


@pytest.mark.parametrize("typed", ["07700 900123", "+44 7700 900123", "۰۷۷۰۰ ۹۰۰۱۲۳", "٠٧٧٠٠٩٠٠١٢٣", "૦૭૭૦૦ ૯૦૦૧૨૩"])
def test_the_digits_of_any_keyboard_make_the_same_number(typed):
    assert reach(typed) == "+447700900123"


def test_what_is_no_number_is_still_refused():
    with pytest.raises(NotValid):
        reach("۰۷۷")


def test_a_postcode_is_read_with_the_digits_of_any_keyboard():
    assert first_half("n۱۲ 8qx") == "N12"
    assert plain_digits("૧૨ buses") == "12 buses"
