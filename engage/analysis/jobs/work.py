"""Do what is wanted, piece by piece, whoever asked: the worker's child, a command, the demo or a test."""

from collections.abc import Callable

from engage.analysis.jobs.agreeing import compute_agreement
from engage.analysis.jobs.coding import suggest_codes
from engage.analysis.jobs.cutting import compute_cut
from engage.analysis.jobs.emerging import find_emerging
from engage.analysis.jobs.finding import find_themes
from engage.analysis.jobs.merging import merge_ages
from engage.analysis.jobs.notes import read_notes
from engage.analysis.jobs.reading import read_new
from engage.analysis.jobs.results import take_snapshot
from engage.analysis.jobs.serious import find_serious
from engage.analysis.jobs.turns import Kinds, take_turn

KINDS: dict[str, Callable[[str], object]] = {
    "read": read_new,
    "notes": read_notes,
    "themes": find_themes,
    "snapshot": take_snapshot,
    "code": suggest_codes,
    "agree": compute_agreement,
    "emerging": find_emerging,
    "serious": find_serious,
    "cut": compute_cut,
    "merged": merge_ages,
}


def do_all(kinds: Kinds = KINDS) -> int:
    """Do everything that is wanted now; gives how many pieces. `kinds` may know more than this feature does."""
    done = 0
    while do_one(kinds):
        done += 1
    return done


def do_one(kinds: Kinds = KINDS) -> bool:
    """Do the next piece nobody holds; False when there is none. A piece that fails is set aside with a reason."""
    return take_turn(kinds)
