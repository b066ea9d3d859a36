"""The way in for a web server: it imports `app` from here."""

from engage import create_app
from engage.settings import from_environment

app = create_app(from_environment())
