"""Every staff page, opened by every role: shown to those it names, refused to all others and to nobody signed in."""

import pytest

from engage.accounts.rules import Role
from tests.people import make_person, sign_in
from tests.proofs.opening import listed

ON_THE_ROTA_ONLY = "/desk/alerts/"  # the team reads alerts on its days; tests/pages/test_safeguarding.py has those


def pages(app) -> list[tuple[str, frozenset[Role]]]:
    """Each page of staff that needs no number in its address, and the roles the list opens it to."""
    opened = listed()
    return sorted(
        (rule.rule, opened[rule.endpoint])
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not rule.arguments and rule.endpoint in opened
    )


@pytest.mark.parametrize("role", [*Role, None], ids=lambda role: role or "no role")
def test_a_role_opens_its_pages_and_no_other(app, visitor, role):
    sign_in(visitor, make_person(role))
    for address, opened in pages(app):
        status = visitor.get(address).status_code
        if role is Role.VOICE and address.startswith(ON_THE_ROTA_ONLY):
            assert status in (200, 403), address
        elif role in opened:
            assert status == 200, address
        else:
            assert status == 403, address


def test_nobody_signed_in_is_asked_to_sign_in(app, visitor):
    found = pages(app)
    assert len(found) > 20
    for address, _ in found:
        answer = visitor.get(address)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in"), address
