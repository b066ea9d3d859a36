"""A small reader of SPSS system files, written from their description, for what we write.

pyreadstat 1.3.7 (ReadStat) was seen to read the same numbers, words, labels and missing values of these files.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

RAW, SPACES = 253, 254


@dataclass
class Variable:
    """One variable; `width` is 0 for a number."""

    label: str
    width: int
    missing: tuple[float, float] | None
    labels: dict[float, str] = field(default_factory=dict)


@dataclass
class Sav:
    """What a file holds."""

    variables: list[Variable]
    names: list[str]
    rows: list[list[Any]]


class _Reading:
    def __init__(self, file: bytes) -> None:
        self.file, self.at = file, 0
        self.elements: list[Variable | None] = []  # None for the rest of a long text
        self.names: list[str] = []

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self.file, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def words(self, size: int) -> str:
        text: bytes = self.take(f"{size}s")[0]
        return text.decode().rstrip()

    def header(self) -> int:
        assert self.words(64).startswith("$FL2@(#) SPSS DATA FILE")
        layout, _, compression, _, cases, bias = self.take("iiiiid")
        assert (layout, compression, bias) == (2, 1, 100)
        self.take("84s")
        return int(cases)

    def variable(self) -> None:
        width, has_label, missing, _, _ = self.take("iiiii")
        self.words(8)
        label = self.words((size := self.take("i")[0]) + -size % 4) if has_label else ""
        limits = self.take("dd") if missing == -2 else None
        self.elements.append(None if width == -1 else Variable(label, width, limits))

    def labels(self) -> None:
        found = {}
        for _ in range(self.take("i")[0]):
            number, size = self.take("dB")
            found[number] = self.words(size + -(1 + size) % 8)
        assert self.take("ii") == (4, 1)
        variable = self.elements[self.take("i")[0] - 1]
        assert variable
        variable.labels = found

    def fact(self) -> None:
        subtype, size, count = self.take("iii")
        content = self.take(f"{size * count}s")[0]
        if subtype == 13:
            self.names = [one.partition("=")[2] for one in content.decode().split("\t")]

    def values(self) -> Iterator[bytes | float]:
        while self.at < len(self.file):
            for code in self.take("8B"):
                if code == RAW:
                    yield self.take("8s")[0]
                elif code:
                    yield b" " * 8 if code == SPACES else float(code - 100)

    def row(self, values: Iterator[Any]) -> list[Any]:
        row: list[Any] = []
        for variable in self.elements:
            value = next(values)
            if variable is None:
                row[-1] += value
            elif variable.width == 0 and isinstance(value, bytes):
                row.append(struct.unpack("<d", value)[0])
            else:
                row.append(value)
        return [one.decode().rstrip() if isinstance(one, bytes) else one for one in row]


def read_sav(file: bytes) -> Sav:
    """Read a file; fails where it is none."""
    reading = _Reading(file)
    cases = reading.header()
    parts = {2: reading.variable, 3: reading.labels, 7: reading.fact}
    while (kind := reading.take("i")[0]) != 999:
        parts[kind]()
    reading.take("i")
    values = reading.values()
    rows = [reading.row(values) for _ in range(cases)]
    assert list(values) == [], "nothing is left over"
    return Sav([one for one in reading.elements if one], reading.names, rows)
