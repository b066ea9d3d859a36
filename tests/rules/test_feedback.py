"""Reading a partner's file: any encoding, any delimiter, and a plain word for what cannot be read."""

import csv
import tracemalloc
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from engage.shared.errors import NotValid
from engage.surveys.rules.feedback import LONGEST, Columns, Comment, Skipped, encoding_of, read, read_day

COLUMNS = Columns(text="What you said", date="Day", question="Question")
HEADING = "Day,Question,What you said"


def make_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "comments.csv"
    path.write_bytes(text.encode(encoding))
    return path


def comments(path: Path, columns: Columns = COLUMNS) -> list[Comment]:
    return [row for row in read(path, columns) if isinstance(row, Comment)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = make_file(tmp_path, f"{HEADING}\n03/05/2026,Why?,The café’s queue is long\n", encoding)
    assert comments(path) == [Comment("Why?", "The café’s queue is long", date(2026, 5, 3))]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    path = make_file(tmp_path, f"{HEADING.replace(',', mark)}\n2026-05-03{mark}Why?{mark}More buses\n")
    assert [comment.words for comment in comments(path)] == ["More buses"]


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    path = make_file(tmp_path, "Date,Comment\n1,2\n")
    with pytest.raises(NotValid, match=r"no column “What you said”.*“Date”, “Comment”"):
        list(read(path, COLUMNS))


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="empty"):
        list(read(make_file(tmp_path, ""), COLUMNS))


def test_a_spreadsheet_is_not_taken_for_a_csv_file(tmp_path: Path) -> None:
    path = tmp_path / "comments.xlsx"
    path.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(NotValid, match="save it as CSV"):
        encoding_of(path)


def test_column_names_may_differ_in_case_and_spaces(tmp_path: Path) -> None:
    path = make_file(tmp_path, "what  you said \nMore buses\n")
    assert [one.words for one in comments(path, Columns("What you said"))] == ["More buses"]


def test_rows_that_say_nothing_are_counted_not_taken(tmp_path: Path) -> None:
    said = ["Did not answer", "", "n/a", "Nothing!", "none.", "No lights on our road", "👍"]
    path = make_file(tmp_path, f"{HEADING}\n" + "".join(f"1/1/2026,Why?,{words}\n" for words in said) + "1/1/2026\n")
    rows = list(read(path, COLUMNS))
    assert [row.words for row in rows if isinstance(row, Comment)] == ["No lights on our road", "👍"]
    assert Counter(row for row in rows if isinstance(row, Skipped)) == {
        Skipped.EMPTY: 2, Skipped.NOTHING: 3, Skipped.SHORT: 1,
    }  # fmt: skip


def test_a_cell_over_several_lines_and_a_nul_are_read(tmp_path: Path) -> None:
    path = make_file(tmp_path, f'{HEADING}\n1/1/2026,Why?,"two\r\nlines, and a\0 nul"\n')
    assert comments(path)[0].words == "two\nlines, and a nul"


def test_a_very_long_comment_is_kept_up_to_a_point(tmp_path: Path) -> None:
    found = comments(make_file(tmp_path, f"{HEADING}\n1/1/2026,Why?,{'long ' * 30_000}\n"))
    assert found[0].cut
    assert len(found[0].words) == LONGEST


def test_an_unclosed_quotation_mark_does_not_take_the_whole_file(tmp_path: Path) -> None:
    rows = "".join(f"1/1/2026,Why?,row {number} about the buses\n" for number in range(120_000))
    path = make_file(tmp_path, f'{HEADING}\n1/1/2026,Why?,"never closed\n{rows}')
    found = Counter(type(row) for row in read(path, COLUMNS))
    assert found[Skipped] >= 1
    assert found[Comment] > 1000


@pytest.mark.long
def test_memory_stays_the_same_however_long_the_file_is(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["What you said"])
        writer.writerows([f"row {number} says that the buses are late again. " * 60] for number in range(8_000))
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    assert sum(1 for _ in read(path, Columns("What you said"))) == 8_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8_000_000


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("3/5/2026", date(2026, 5, 3)),
        ("2026-05-03", date(2026, 5, 3)),
        ("2026-05-03T10:11:12Z", date(2026, 5, 3)),
        ("03/05/2026 10:11", date(2026, 5, 3)),
        ("3 May 2026", date(2026, 5, 3)),
        ("5/31/2026", date(2026, 5, 31)),
        ("last week", None),
        ("", None),
    ],
)
def test_days_are_read_the_british_way_first(typed: str, day: date | None) -> None:
    assert read_day(typed) == day
