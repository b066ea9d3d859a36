"""Staff pages: surveys that are written, their files, and waves: what opens them, who gets in, what came."""

from engage.surveys.desk import after, cards, fieldwork, posters, preparing, waves
from engage.surveys.desk.pages import pages

__all__ = ["after", "cards", "fieldwork", "pages", "posters", "preparing", "waves"]
