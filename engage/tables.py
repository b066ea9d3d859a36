"""Load every table, so keys between features resolve wherever the app starts."""

from engage.accounts import models as accounts
from engage.analysis import models as analysis
from engage.claims import models as claims
from engage.forums import models as forums
from engage.pqa import models as pqa
from engage.safeguarding import models as safeguarding
from engage.shared import heartbeat, outbox, throttle, wanted
from engage.surveys import models as surveys
from engage.youwesaid import models as youwesaid

__all__ = [
    "accounts",
    "analysis",
    "claims",
    "forums",
    "heartbeat",
    "outbox",
    "pqa",
    "safeguarding",
    "surveys",
    "throttle",
    "wanted",
    "youwesaid",
]
