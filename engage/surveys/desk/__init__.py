"""Staff pages: surveys and their waves, the links and posters of each setting, opening and closing."""

from engage.surveys.desk import after, posters, waves
from engage.surveys.desk.pages import pages

__all__ = ["after", "pages", "posters", "waves"]
