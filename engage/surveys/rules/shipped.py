"""The surveys that come with the house, read from their YAML once."""

from functools import cache
from importlib.resources import files

import yaml

from engage.surveys.rules.definition import Definition, parse

CODES = (
    "youth", "care", "care_4", "care_8", "care_11", "forum", "felt", "practice", "families", "voluntary",
)  # fmt: skip


@cache
def shipped(code: str) -> Definition:
    """Read the shipped survey called `code`, one of `CODES`; raises KeyError for another."""
    if code not in CODES:
        raise KeyError(code)
    text = files("engage.surveys").joinpath("templates", f"{code}.yaml").read_text(encoding="utf-8")
    return parse(yaml.load(text, Loader=yaml.CSafeLoader))  # the safe loader, only faster
