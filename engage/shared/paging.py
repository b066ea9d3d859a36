"""Long lists, a page at a time: newest or most pressing first, and a way to the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

T = TypeVar("T")
LINES = 50
LAST = 10_000  # nobody turns so far, and no database is asked to


@dataclass(frozen=True)
class Page(Generic[T]):
    """What one page shows; `more` is True when another follows."""

    items: tuple[T, ...]
    number: int
    more: bool


def page_asked() -> int:
    """The page the address asks for, counted from 1."""
    return min(max(1, request.args.get("page", 1, type=int)), LAST)


def page_of(found: Sequence[T], number: int) -> Page[T]:
    """Cut one page out of a whole list."""
    first = (number - 1) * LINES
    return Page(tuple(found[first : first + LINES]), number, more=len(found) > first + LINES)
