"""The front door never sends anybody elsewhere by mistake."""

import pytest

from engage.public.rules import local_address


@pytest.mark.parametrize("typed", ["/", "/help", "/you-said-we-did/?topic=travel", "/s/youth"])
def test_an_address_of_this_site_is_kept(typed):
    assert local_address(typed) == typed


@pytest.mark.parametrize(
    "typed", ["", "help", "//evil.example", "/\\evil.example", "https://evil.example", "/a b", "/\r\nX: 1", "/\t/x"]
)
def test_anything_else_leads_home(typed):
    assert local_address(typed) == "/"
