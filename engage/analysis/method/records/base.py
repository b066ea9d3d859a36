"""Records that become plain JSON and come back equal."""

from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _tuple_of(kind: Any, value: list[Any]) -> tuple[Any, ...]:
    kinds = get_args(kind)
    each = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else list(kinds)
    return tuple(_read(one, part) for one, part in zip(each, value, strict=True))


def _read_one(kind: Any, value: Any) -> Any:
    if isinstance(kind, type) and issubclass(kind, Record):
        return kind.from_json(value)
    if kind is date:
        return date.fromisoformat(value)
    return float(value) if kind is float else value


def _read(kind: Any, value: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if value is None:
        return None
    if get_origin(kind) is tuple:
        return _tuple_of(kind, value)
    return _read_one(kind, value)


@dataclass(frozen=True)
class Record:
    """What every record can do: become plain JSON and come back equal."""

    def to_json(self) -> dict[str, Any]:
        """Lists, words and numbers only, ready for a JSON column."""
        kept: dict[str, Any] = _plain(self)
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Build the record again from what `to_json` gave. Raises `KeyError` when a part is missing.

        A part that records of old did not have yet is what it is by default.
        """
        record: object = cls
        kinds = _kinds(record)
        parts = [field for field in fields(cls) if field.name in kept or field.default is MISSING]
        return cls(**{field.name: _read(kinds[field.name], kept[field.name]) for field in parts})


@cache
def _kinds(record: object) -> dict[str, Any]:
    return get_type_hints(record)
