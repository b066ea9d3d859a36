"""What stands beside a concern on its page: changed and withdrawn words, quotes, plans, whether it is felt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engage.youwesaid.queries.felt_public import Felt, felt_of
from engage.youwesaid.queries.quotes import Shown, shown_quotes
from engage.youwesaid.queries.versions import Changed, Withdrawn, changes, overridden, priorities, withdrawn
from engage.youwesaid.rules.priorities import Priority


@dataclass(frozen=True)
class Beside:
    """`changes` are by update; `overridden` are updates let out for safety past the other steps."""

    changes: Mapping[int, Changed]
    overridden: frozenset[int]
    withdrawn: tuple[Withdrawn, ...]
    quotes: tuple[Shown, ...]
    priorities: tuple[Priority, ...]
    felt: Felt | None


def beside(concern_id: int, *, today: date) -> Beside:
    """Everything of one public concern that its own row does not hold."""
    one = [concern_id]
    return Beside(
        changes(one), overridden(one), withdrawn(one).get(concern_id, ()), shown_quotes(one).get(concern_id, ()),
        priorities(one).get(concern_id, ()), felt_of(concern_id, today=today),
    )  # fmt: skip
