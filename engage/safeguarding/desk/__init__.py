"""Staff pages: alerts, requests to be contacted, the rota, the help lines."""

from engage.safeguarding.desk import about, alerts, contacts, duty
from engage.safeguarding.desk.pages import pages

__all__ = ["about", "alerts", "contacts", "duty", "pages"]
