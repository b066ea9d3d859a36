"""Staff pages: surveys that are written, their files, and waves: what opens them, who gets in, what came."""

from engage.surveys.desk import (
    after,
    answer_files,
    cards,
    draft_bank,
    draft_checks,
    draft_items,
    draft_routing,
    draft_sections,
    draft_words,
    drafts,
    fieldwork,
    files,
    paper,
    posters,
    preparing,
    versions,
    waves,
)
from engage.surveys.desk.pages import pages

__all__ = [
    "after",
    "answer_files",
    "cards",
    "draft_bank",
    "draft_checks",
    "draft_items",
    "draft_routing",
    "draft_sections",
    "draft_words",
    "drafts",
    "fieldwork",
    "files",
    "pages",
    "paper",
    "posters",
    "preparing",
    "versions",
    "waves",
]
