"""What the answers say, as frozen records: the only door from what young people wrote to what is published."""

from engage.analysis.queries.answers import confirmed_of, suggested_for, theme_line, work_on_themes
from engage.analysis.queries.evidence import Evidence, Origin, evidence_of, still_said
from engage.analysis.queries.findings import Finding, Overview, Question, overview, question
from engage.analysis.queries.promise import Promise, promise_of_receipt
from engage.analysis.queries.reading import (
    Excerpt,
    Filters,
    Queue,
    excerpt,
    original,
    queue,
    reading_places,
)
from engage.analysis.queries.receipts import knows_receipt, themes_of_receipt
from engage.analysis.queries.snapshots import Frozen, Snapshot, SnapshotLine, Themes, frozen, snapshot
from engage.analysis.queries.themes import (
    Theme,
    ThemeLine,
    history,
    known_themes,
    theme,
    theme_lines,
    themes,
)
from engage.analysis.queries.told import Said, ToldQuestion, ToldWave, told_stamp, told_wave, told_waves
from engage.analysis.queries.waiting import oldest_unread, unread, waiting

__all__ = [
    "Evidence", "Excerpt", "Filters", "Finding", "Frozen", "Origin", "Overview", "Promise", "Question", "Queue",
    "Said", "Snapshot", "SnapshotLine", "Theme", "ThemeLine", "Themes", "ToldQuestion", "ToldWave", "confirmed_of",
    "evidence_of", "excerpt", "frozen", "history", "known_themes", "knows_receipt", "oldest_unread", "original",
    "overview", "promise_of_receipt", "question", "queue", "reading_places", "snapshot", "still_said",
    "suggested_for", "theme", "theme_line", "theme_lines", "themes", "themes_of_receipt", "told_stamp", "told_wave",
    "told_waves", "unread", "waiting", "work_on_themes",
]  # fmt: skip
