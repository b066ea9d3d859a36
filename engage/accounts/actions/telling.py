"""Write to the safeguarding leads of what administrators do to a sign-in."""

from engage.accounts.queries import named_here, people, signed_in
from engage.accounts.rules import Role
from engage.shared import outbox
from engage.shared.outbox import NewLetter

KIND = "sign-in changed"
TOLD = """{admin} {did}.

If nobody expected that, ask them today, and look at what was opened since.
"""


def tell_leads(did: str, *, also: str = "", but: int | None = None) -> None:
    """Write to every safeguarding lead that an administrator made somebody able to sign in as, or to be, one of us."""
    admin = signed_in()
    who = admin.name if admin else named_here()
    if not who:
        return
    leads = {lead.email for lead in people(Role.SAFEGUARDING) if lead.id != but}
    for address in sorted(leads | ({also} if also else set())):
        outbox.write(NewLetter(KIND, address, "A sign-in was changed", TOLD.format(admin=who, did=did)))
