"""Staff pages: surveys and their waves, the links and posters of each setting, opening and closing."""

from engage.surveys.desk import draft_items, draft_routing, draft_sections, draft_words, drafts, posters, waves
from engage.surveys.desk.pages import pages

__all__ = ["draft_items", "draft_routing", "draft_sections", "draft_words", "drafts", "pages", "posters", "waves"]
