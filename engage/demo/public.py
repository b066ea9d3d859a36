"""Fill in what public pages show besides the story."""

from sqlalchemy import select

from engage.demo.material import material
from engage.shared import db
from engage.youwesaid.actions import area
from engage.youwesaid.models import ConcernRow


def show() -> None:
    """Say where the concerns of the story are."""
    ids = {slug: concern_id for concern_id, slug in db.session.execute(select(ConcernRow.id, ConcernRow.slug)).tuples()}
    for slug, areas in material("public")["areas"].items():
        area.place(ids[slug], areas)
