"""How long things are kept: the night job forgets by these, and the privacy page prints them.

Each is a default that the partnership's data protection officer confirms.
"""

from datetime import timedelta

NIGHT = "forgot what was kept long enough"  # what the audit says of it

DRAFTS = timedelta(days=7)
SECRET_OF_SENT = timedelta(minutes=10)  # what the phone's cookie holds of a survey it sent; the thanks page says so
TYPED = timedelta(hours=1)  # what somebody types to sign up for a forum, where they never send it
SPENT = timedelta(days=1)  # the mark that a sitting was sent, so that it is sent once
RAW_WORDS = timedelta(days=455)  # at most: a year after the report, which comes within three months of the answer
AFTER_REPORT = timedelta(days=365)  # raw words go then, if the report came sooner
REDACTED_WORDS = timedelta(days=3 * 365)
MEANINGS = timedelta(days=30)  # after a sentence model placed them for the last time; it can do so again
ALERTS = timedelta(days=90)  # after a person closed it; messages and contact requests go with the same measure
ALERTS_AT_MOST = 2 * ALERTS  # where a second reader was wanted and none came, or nobody was in touch who was asked to
LETTERS = timedelta(days=7)  # after they were sent (then empty already) or given up
NEEDS = timedelta(days=7)  # access, food and ways home, after a forum
SIGN_UPS = timedelta(weeks=12)  # who signed up, with their consents and check-ins, after a forum
CLAIMS = timedelta(days=3 * 365)  # after one was closed: who asked, what, and what was done
EVIDENCE_FILES = timedelta(days=3 * 365)  # pictures that agencies added to show what they did
UNCONFIRMED = timedelta(days=3)  # an address typed to follow a topic, until its owner says yes
FOLLOWING = timedelta(days=365)  # an address that follows, after its owner said yes
AUDIT = timedelta(days=7 * 365)
BACKUPS = timedelta(days=30)  # a sealed copy of everything; what was forgotten lives on in it for as long
