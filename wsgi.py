"""The way in for a web server: it imports `app` from here."""

import gc

from engage import create_app
from engage.settings import from_environment

app = create_app(from_environment())
gc.collect()
gc.freeze()  # what is loaded by now stays: nobody walks through it again, and forked processes go on sharing it
gc.set_threshold(20_000)  # a request makes thousands of objects and hardly a ring of them: look less often
