"""Staff pages: surveys and their waves, the links and posters of each setting, opening and closing."""

from engage.surveys.desk import (
    after,
    answer_files,
    draft_checks,
    draft_items,
    draft_routing,
    draft_sections,
    draft_words,
    drafts,
    files,
    posters,
    versions,
    waves,
)
from engage.surveys.desk.pages import pages

__all__ = [
    "after",
    "answer_files",
    "draft_checks",
    "draft_items",
    "draft_routing",
    "draft_sections",
    "draft_words",
    "drafts",
    "files",
    "pages",
    "posters",
    "versions",
    "waves",
]
