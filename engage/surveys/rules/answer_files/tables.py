"""Write answers as CSV and XLSX, row by row, and the codebook that says what each code means."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from tempfile import TemporaryDirectory
from typing import BinaryIO

import xlsxwriter

from engage.shared.cells import plain
from engage.surveys.rules.answer_files.columns import Column

CODEBOOK = ("column", "question", "number in SPSS", "code", "answer")
MOST_ROWS = 1_000_000  # a worksheet holds no more


def write_csv(file: BinaryIO, columns: Sequence[Column], rows: Iterable[list[str]]) -> int:
    """Write a CSV in UTF-8, and give how many rows it has; nothing in it is taken for a formula."""
    words = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(words)
    writer.writerow([column.name for column in columns])
    risky = [place for place, column in enumerate(columns) if column.text or any(plain(c) != c for c in column.labels)]
    number = count()
    writer.writerows(row for row, _ in zip(_plainly(rows, risky), number, strict=False))
    words.flush()
    words.detach()
    return next(number)


def _plainly(rows: Iterable[list[str]], risky: Sequence[int]) -> Iterator[list[str]]:
    for row in rows:
        for place in risky:
            row[place] = plain(row[place])
        yield row


def write_xlsx(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, limits: Sequence[str], made: date
) -> int:
    """Write a workbook, its limits first and its codebook last, and give how many rows of answers it has."""
    count = 0
    # Each row lies in the folder until the end, not in memory.
    with TemporaryDirectory() as folder, xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder}) as book:
        book.set_properties({"created": made})
        about, answers, codes = (book.add_worksheet(name) for name in ("Read first", "Answers", "Codebook"))
        about.set_column(0, 0, 110)
        for place, words in enumerate(limits):
            about.write_string(place, 0, words)
        _write(answers, 0, [column.name for column in columns])
        answers.freeze_panes(1, 0)
        for count, row in enumerate(rows, start=1):
            _write(answers, count, row)
        for place, line in enumerate([CODEBOOK, *codebook(columns)]):
            _write(codes, place, line)
    return count


def _write(sheet: "xlsxwriter.worksheet.Worksheet", place: int, row: Sequence[str]) -> None:
    for column, words in enumerate(row):
        if words:
            sheet.write_string(place, column, words)


def codebook(columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """One line for each code of each column; a column of words has one line."""
    for column in columns:
        if column.text:
            yield column.name, column.words, "", "", "Words somebody wrote, made safe and checked by a person"
        for code, (number, words) in column.labels.items():
            yield column.name, column.words, str(number), code, words


def codebook_csv(columns: Sequence[Column]) -> str:
    """The codebook as a CSV."""
    lines = io.StringIO()
    lines.write("\ufeff")
    csv.writer(lines).writerows([CODEBOOK, *(map(plain, line) for line in codebook(columns))])
    return lines.getvalue()
