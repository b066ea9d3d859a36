"""No concern gets the address of another page, whatever its title is."""

from engage.youwesaid.rules.concerns import RESERVED, slug_of


def test_every_page_beside_the_concerns_has_an_address_that_no_concern_gets(app):
    under = [rule.rule.split("/") for rule in app.url_map.iter_rules() if rule.rule.startswith("/you-said-we-did/")]
    taken = {parts[2].partition(".")[0] for parts in under if parts[2] and not parts[2].startswith("<")}
    assert taken == RESERVED


def test_a_concern_with_such_a_title_has_a_page_of_its_own():
    assert slug_of("Waves") == "waves-2"
    assert slug_of("Waves on the lake") == "waves-on-the-lake"
