"""Put invented waves of several ages of one family through the real machine, and gather all that is to be read."""

import numpy as np
from sqlalchemy import insert

from engage.analysis.jobs import do_all
from engage.analysis.jobs.merging import ages_of, together
from engage.analysis.jobs.results import rule_of
from engage.analysis.method.records import Protected
from engage.analysis.method.small_numbers import protect
from engage.analysis.queries.merging import merged_of_wave
from engage.analysis.rules.merging import subject_of
from engage.shared import db, wanted
from engage.surveys.models import AnswerRow, ResponseRow
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.definition import Definition, Kind
from engage.surveys.rules.waves import Wave
from tests.ended import make_ended
from tests.published import everything

SURVEYS = ("care_4", "care_8", "care_11", "care")
ASKED = ("safe_home", "know_worker", "family_time", "say_decisions")  # sensitive, left out in part, the same, plain
SILENT = ("skipped", "dont_know")


def publish_family(seed: int, *, sizes: tuple[int, ...] = ()) -> list[Wave]:
    """Freeze a wave for each age of the care surveys, all in one quarter, and have them counted together."""
    chance = np.random.default_rng(seed)
    chosen = sizes or tuple(int(size) for size in chance.integers(12, 120, len(SURVEYS)))
    made = [_sent(code, size, chance) for code, size in zip(SURVEYS, chosen, strict=False)]
    for one in made:
        wanted.want("snapshot", f"wave:{one.code}")
    db.session.commit()
    do_all()
    assert [work.failed for work in wanted.waiting() if work.failed] == []
    return made


def make_age(survey: str, **said: list[str]) -> Wave:
    """Make an ended wave of one age in which each list says what its people answered, one after another."""
    wave = make_ended(survey.replace("_", "-"), days_ago=0, template=survey)
    count = max(map(len, said.values()))
    _keep(wave, [{item: found[n] for item, found in said.items() if n < len(found)} for n in range(count)])
    return wave


def everything_of(waves: list[Wave], *, guarded: bool = True) -> list[Protected]:
    """Every table of each age, its cuts, and those of all ages together; with the guard off these look at no part."""
    found = merged_of_wave(waves[0].code)
    lines = found.lines if found else ()
    sums = [line.table for line in lines] if guarded else [_alone(waves[0], line.item) for line in lines]
    return [*(table for one in waves for table in everything(one)), *sums]


def _alone(wave: Wave, item: str) -> Protected:
    subject = subject_of("care", wave.closes_on)
    asked = [one for one in ages_of(subject) if one.merging.of(item)]
    return protect(together(subject, item, asked), rule=rule_of(wave))


def _sent(code: str, size: int, chance: np.random.Generator) -> Wave:
    wave = make_ended(code.replace("_", "-"), days_ago=0, template=code)
    asked = definition_of(wave)
    drawn = {item: _drawn(asked, item, size, chance) for item in _items(asked)}
    _keep(wave, [{item: found[number] for item, found in drawn.items()} for number in range(size)])
    return wave


def _items(asked: Definition) -> list[str]:
    ages = [item.code for item in asked.items if item.kind is Kind.AGE]
    return [*ages, *(code for code in ASKED if asked.merged and asked.merged.of(code))]


def _drawn(asked: Definition, code: str, size: int, chance: np.random.Generator) -> list[str]:
    item = asked.item(code)
    options = [band.code for band in asked.bands] if item.kind is Kind.AGE else list(item.option_codes)
    shares = chance.dirichlet([chance.uniform(0.3, 3) for _ in options])
    silent = float(chance.uniform(0, 0.08))
    return chance.choice([*options, *SILENT], size, p=[*(shares * (1 - 1.5 * silent)), silent, silent / 2]).tolist()


def _keep(wave: Wave, people: list[dict[str, str]]) -> None:
    keys = [number.to_bytes(8, "big") + wave.id.to_bytes(8, "big") for number in range(len(people))]
    sent = {"wave_id": wave.id, "language": "en", "sent_on": wave.closes_on}
    db.session.execute(insert(ResponseRow), [{"key": key, **sent} for key in keys])
    rows = [
        {"response_key": key, "item": item, "option": option}
        for key, one in zip(keys, people, strict=True)
        for item, option in one.items()
    ]
    db.session.execute(insert(AnswerRow), rows)
    db.session.commit()
