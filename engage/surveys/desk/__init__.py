"""Staff pages: surveys and their waves, the links and posters of each setting, opening and closing."""

from engage.surveys.desk import after, cards, fieldwork, paper, posters, preparing, typing, waves
from engage.surveys.desk.pages import pages

__all__ = ["after", "cards", "fieldwork", "pages", "paper", "posters", "preparing", "typing", "waves"]
