"""Staff pages: surveys and their waves, the links and posters of each setting, opening and closing."""

from engage.surveys.desk import (
    after,
    draft_bank,
    draft_checks,
    draft_items,
    draft_routing,
    draft_sections,
    draft_words,
    drafts,
    posters,
    versions,
    waves,
)
from engage.surveys.desk.pages import pages

__all__ = [
    "after",
    "draft_bank",
    "draft_checks",
    "draft_items",
    "draft_routing",
    "draft_sections",
    "draft_words",
    "drafts",
    "pages",
    "posters",
    "versions",
    "waves",
]
