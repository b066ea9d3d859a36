"""The way in for a web server: it imports `app` from here."""

import gc
import sys

from engage import create_app
from engage.settings import WrongSettings, from_environment

NOT_AGAIN = 3  # gunicorn starts no other worker after this one

try:
    app = create_app(from_environment())
except WrongSettings as wrong:
    sys.stderr.write(f"Engage does not start. {wrong}\n")
    sys.exit(NOT_AGAIN)
gc.collect()
gc.freeze()  # what is loaded by now stays: nobody walks through it again, and forked processes go on sharing it
gc.set_threshold(20_000)  # a request makes thousands of objects and hardly a ring of them: look less often
