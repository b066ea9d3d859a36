"""The way in for a web server: it imports `app` from here."""

import gc
import sys
from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import OperationalError

from engage import create_app
from engage.safe.invented import check_no_demo
from engage.safe.resealing import check_keys_fit
from engage.settings import WrongSettings, from_environment
from engage.shared import db

NOT_AGAIN = 3  # gunicorn starts no other worker after this one


def checked() -> Flask:
    """Give the app, unless it would serve the demo's people as real ones, or with keys that open nothing.

    Raises `WrongSettings` then.
    """
    app = create_app(from_environment())
    with app.app_context():
        with suppress(OperationalError):  # a database that is not there yet is said on each page, until it is
            check_no_demo()
            check_keys_fit()
        db.let_go()
    return app


try:
    app = checked()
except WrongSettings as wrong:
    sys.stderr.write(f"Engage does not start. {wrong}\n")
    sys.exit(NOT_AGAIN)
gc.collect()
gc.freeze()  # what is loaded by now stays: nobody walks through it again, and forked processes go on sharing it
gc.set_threshold(20_000)  # a request makes thousands of objects and hardly a ring of them: look less often
