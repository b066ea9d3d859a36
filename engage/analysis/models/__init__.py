"""Tables: excerpts read and read again, the code frame, codings and who gave them, frozen results of all kinds."""

from engage.analysis.models.coding import CodedRow, CodedThemeRow, CodingRow
from engage.analysis.models.reading import AgreementRow, DrawRow, ExcerptAboutRow, ExcerptRow, MeaningRow, RereadRow
from engage.analysis.models.results import (
    CutRow,
    EmergingRunRow,
    MergedRow,
    RiseDecisionRow,
    SeriousRunRow,
    SnapshotRow,
)
from engage.analysis.models.themes import (
    ThemeExampleRow,
    ThemeHistoryRow,
    ThemeReceiptRow,
    ThemeRow,
    ThemeRunRow,
    ThemeVoiceRow,
)

__all__ = [
    "AgreementRow",
    "CodedRow",
    "CodedThemeRow",
    "CodingRow",
    "CutRow",
    "DrawRow",
    "EmergingRunRow",
    "ExcerptAboutRow",
    "ExcerptRow",
    "MeaningRow",
    "MergedRow",
    "RereadRow",
    "RiseDecisionRow",
    "SeriousRunRow",
    "SnapshotRow",
    "ThemeExampleRow",
    "ThemeHistoryRow",
    "ThemeReceiptRow",
    "ThemeRow",
    "ThemeRunRow",
    "ThemeVoiceRow",
]
