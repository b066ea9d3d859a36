"""Write answers as an SPSS system file (.sav), row by row.

The format as its readers describe it (GNU PSPP 2.0, Developers' Guide, appendix "System File Format"): numbers in
little-endian order, compressed by bytecode, words in UTF-8.
"""

import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import nextafter
from typing import BinaryIO

from engage.surveys.rules.answer_files.columns import Column

BIAS = 100
RAW, SPACES = 253, 254
WIDEST = 255  # bytes of a text; longer ones would need several variables
LONGEST_LABEL, LONGEST_VALUE_LABEL = 240, 120  # bytes
MISSING = (-9.0, -1.0)  # from hidden to "I don't know"
NUMBER_FORMAT, TEXT_FORMAT = 5 << 16 | 8 << 8, 1 << 16 | WIDEST << 8
NOMINAL, ORDINAL = 1, 2
PIECE = 64 * 1024


def write_sav(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, title: str, made: date
) -> int:
    """Write a whole file, and give how many rows it has; the file must be able to go back to its start."""
    file.write(_header(columns, title, made, -1))
    file.writelines(_variables(columns))
    file.writelines(_labels(columns))
    file.writelines(_facts(columns))
    file.write(struct.pack("<ii", 999, 0))
    count = _cases(file, columns, rows)
    file.seek(0)
    file.write(_header(columns, title, made, count))
    file.seek(0, 2)
    return count


def _header(columns: Sequence[Column], title: str, made: date, count: int) -> bytes:
    elements = sum(_elements(column) for column in columns)
    start = b"$FL2" + b"@(#) SPSS DATA FILE Engage".ljust(60) + struct.pack("<iiiiid", 2, elements, 1, 0, count, BIAS)
    day = f"{made:%d %b %y}".encode("ascii", "replace").ljust(9)
    return start + day + b"00:00:00" + _fitting(title, 64).ljust(64) + b"\0\0\0"


def _elements(column: Column) -> int:
    return -(-WIDEST // 8) if column.text else 1


def _variables(columns: Sequence[Column]) -> Iterator[bytes]:
    for number, column in enumerate(columns, start=1):
        label = _fitting(column.words, LONGEST_LABEL)
        width, kept = (WIDEST, 0) if column.text else (0, -2)
        form = TEXT_FORMAT if column.text else NUMBER_FORMAT
        yield struct.pack("<iiiiii", 2, width, 1, kept, form, form) + _short(number).encode().ljust(8)
        yield struct.pack("<i", len(label)) + label + b" " * (-len(label) % 4)
        if not column.text:
            yield struct.pack("<dd", *MISSING)
        for _ in range(_elements(column) - 1):
            yield struct.pack("<iiiiii", 2, -1, 0, 0, 0, 0) + b" " * 8


def _short(number: int) -> str:
    return f"V{number:05}"


def _labels(columns: Sequence[Column]) -> Iterator[bytes]:
    at = 1
    for column in columns:
        if not column.text:
            yield struct.pack("<ii", 3, len(column.labels))
            for number, words in column.labels.values():
                label = _fitting(words, LONGEST_VALUE_LABEL)
                yield struct.pack("<dB", number, len(label)) + label + b" " * (-(1 + len(label)) % 8)
            yield struct.pack("<iii", 4, 1, at)
        at += _elements(column)


def _facts(columns: Sequence[Column]) -> Iterator[bytes]:
    """What the machine is, how each variable is shown, the long names, the encoding."""
    yield _fact(3, 4, struct.pack("<8i", 1, 0, 0, -1, 1, 1, 2, 65001))
    largest = sys.float_info.max
    yield _fact(4, 8, struct.pack("<ddd", -largest, largest, nextafter(-largest, 0)))
    shown = [(ORDINAL if column.ordered else NOMINAL, 40 if column.text else 8, 0) for column in columns]
    yield _fact(11, 4, b"".join(struct.pack("<iii", *one) for one in shown))
    names = "\t".join(f"{_short(number)}={column.name}" for number, column in enumerate(columns, start=1))
    yield _fact(13, 1, names.encode())
    yield _fact(20, 1, b"UTF-8")


def _fact(subtype: int, size: int, content: bytes) -> bytes:
    return struct.pack("<iiii", 7, subtype, size, len(content) // size) + content


def _cases(file: BinaryIO, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> int:
    numbers = [{code: number for code, (number, _) in column.labels.items()} for column in columns]
    count, codes, values, ready = 0, bytearray(), bytearray(), bytearray()
    for row in rows:
        count += 1
        for known, value in zip(numbers, row, strict=True):
            for code, raw in _coded(known[value]) if known else _pieces(value):
                codes.append(code)
                values += raw
                if len(codes) == 8:  # noqa: PLR2004  (eight codes, then what they stand for)
                    ready += codes + values
                    codes.clear()
                    values.clear()
        if len(ready) > PIECE:
            file.write(ready)
            ready.clear()
    file.write(ready + (codes.ljust(8, b"\0") + values if codes else b""))
    return count


def _coded(number: int) -> Iterator[tuple[int, bytes]]:
    code = number + BIAS
    yield (code, b"") if 1 <= code <= 251 else (RAW, struct.pack("<d", number))  # noqa: PLR2004  (what a code may be)


def _pieces(words: str) -> Iterator[tuple[int, bytes]]:
    text = _fitting(words, WIDEST).ljust(-(-WIDEST // 8) * 8)
    for at in range(0, len(text), 8):
        piece = text[at : at + 8]
        yield (SPACES, b"") if piece == b" " * 8 else (RAW, piece)


def _fitting(words: str, longest: int) -> bytes:
    """As many letters as fit into so many bytes, none of them cut in two."""
    return " ".join(words.split()).encode()[:longest].decode("utf-8", "ignore").encode()
