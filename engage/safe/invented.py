"""A database that the demo filled holds people whose password everybody knows: served as the demo, or not at all."""

from pathlib import Path

import yaml
from flask import current_app
from sqlalchemy import inspect, select

from engage.accounts.models import PersonRow
from engage.settings import Settings, WrongSettings
from engage.shared import db

# Read as a file: the package beside it is the whole demo, which no web process wants in its memory.
CAST = Path(__file__).parents[1] / "demo" / "people.yaml"
INVENTED = (
    "This database holds the demo's invented people, who all have one well-known password, and ENGAGE_DEMO is off. "
    "Begin with an empty database (another ENGAGE_FOLDER or ENGAGE_DATABASE_URL), or set ENGAGE_DEMO=1 to look around."
)


def check_no_demo() -> None:
    """Raise `WrongSettings` where the demo's people would be served as if they were real."""
    if holds_the_demo_unasked():
        raise WrongSettings(INVENTED)


def holds_the_demo_unasked() -> bool:
    """Answer whether somebody of the demo is in this database, open account or closed, while this is no demo."""
    settings: Settings = current_app.extensions["settings"]
    if settings.demo or not inspect(db.engine()).has_table(PersonRow.__tablename__):
        return False
    invented = [one["email"] for one in yaml.safe_load(CAST.read_text(encoding="utf-8"))["people"]]
    with db.reading():
        return db.session.scalar(select(PersonRow.id).where(PersonRow.email.in_(invented)).limit(1)) is not None
