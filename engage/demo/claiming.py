"""Invent what lies on the information officer's desk: who asks to see what is held, and a complaint that is closed."""

from datetime import date
from typing import Any

from engage.claims.actions import acknowledge, add_step, close, take_in
from engage.claims.rules.claims import Kind, NewClaim
from engage.demo.material import material, on
from engage.demo.people import Cast

OFFICER = "owen"


def claim(cast: Cast, *, today: date) -> list[int]:
    """Take each claim of the material in on its day, with what was done about it; gives their ids."""
    return [_claim(one, cast, today) for one in material("claims")["claims"]]


def _claim(one: dict[str, Any], cast: Cast, today: date) -> int:
    came = on(today, one["day"])
    claim_id = take_in(NewClaim(Kind(one["kind"]), came, one["who"], one["words"]), today=came)
    acknowledge(claim_id, today=on(today, one["acknowledged"]))
    for step in one["steps"]:
        add_step(claim_id, step["words"], by=cast.people[OFFICER], today=on(today, step["day"]))
    if "closed" in one:
        end = one["closed"]
        close(claim_id, end["outcome"], end["words"], by=cast.people[OFFICER], today=on(today, end["day"]))
    return claim_id
