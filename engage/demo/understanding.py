"""Read, redact, theme, code and freeze the invented answers: the machine's part with its own jobs, people's with actions."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from engage.analysis import jobs
from engage.analysis.actions import reading, snapshots, themes
from engage.analysis.actions.themes import Naming
from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow, ThemeRunRow
from engage.demo.answers import Fielded, Heard
from engage.demo.material import material, on
from engage.demo.people import Cast
from engage.shared import db, wanted
from engage.surveys.actions.waves import report_wave

FRAME_MADE = -395  # days from the day of loading: between the first wave's last day and the panel
HARM = "harm"
SURE = 0.6  # of the coded answers of a suggested theme that agree, from which it is merged into that theme
NOT_READ_YET = timedelta(days=2)

Codes = dict[str, int]


def understand(fielded: list[Fielded], cast: Cast, *, today: date) -> Codes:
    """Bring every wave as far as it would have come by today; gives the id of each theme by its code."""
    for one in fielded:
        wanted.want("read", f"wave:{one.wave.code}")
    _work()
    codes = _frame(cast, today)
    said = {key: heard for one in fielded for key, heard in one.spoken.items()}
    excerpts = _read(fielded, cast, today)
    _code(said, excerpts, codes, cast)
    for one in fielded:
        if one.reported_on is not None:
            _finish(one, codes, cast)
    return codes


def _work() -> None:
    """Do what is wanted, as the worker would."""
    db.session.commit()
    jobs.do_all()


def _frame(cast: Cast, today: date) -> Codes:
    made = on(today, FRAME_MADE)
    frame = material("voices")["themes"]
    return {code: themes.add(_naming(entry), by=cast.people["amara"], today=made) for code, entry in frame.items()}


def _naming(entry: Mapping[str, str]) -> Naming:
    return Naming(entry["name"], entry["means"], bool(entry.get("sensitive", False)))


def _read(fielded: Iterable[Fielded], cast: Cast, today: date) -> dict[bytes, str]:
    """Let people read what they would have read by now; gives the excerpt of each written answer that was."""
    readers = [cast.people["amara"], cast.people["joel"]]
    closed = {one.wave.id for one in fielded if one.reported_on is not None}
    rows = db.session.execute(
        select(ExcerptRow.key, ExcerptRow.written_key, ExcerptRow.wave_id, ExcerptRow.day).order_by(ExcerptRow.key)
    ).all()
    read: dict[bytes, str] = {}
    for key, written_key, wave_id, day in rows:
        if wave_id in closed or day + NOT_READ_YET < today:
            read[written_key] = key.hex()
            reading.mark_read(key.hex(), by=readers[key[0] % 2], today=day + timedelta(days=1))
    return read


def _code(said: Mapping[bytes, Heard], excerpts: Mapping[bytes, str], codes: Codes, cast: Cast) -> None:
    by_theme: dict[str, list[str]] = defaultdict(list)
    for written_key, excerpt_id in excerpts.items():
        voice = said[written_key].voice
        for code in (HARM,) if voice.worrying else voice.themes:
            by_theme[code].append(excerpt_id)
    for code in sorted(by_theme):
        reading.confirm(codes[code], by_theme[code], by=cast.people["joel"])


def _finish(one: Fielded, codes: Codes, cast: Cast) -> None:
    """Look for themes in a wave that is over, tidy the suggestions, freeze its results and report it."""
    reported_on = one.reported_on or one.wave.closes_on
    themes.look_for_themes(f"wave:{one.wave.code}")
    _work()
    _tidy(one, codes, cast, reported_on)
    snapshots.freeze(one.wave.code)
    _work()
    report_wave(one.wave.id, roles=("voice",))


def _tidy(one: Fielded, codes: Codes, cast: Cast, day: date) -> None:
    """Merge suggestions that mean what a theme of the frame means; leave the others for somebody to look at."""
    runs = select(ThemeRunRow.id).where(ThemeRunRow.wave_id == one.wave.id)
    found = select(ThemeRow.id).where(ThemeRow.run_id.in_(runs), ThemeRow.state == "candidate").order_by(ThemeRow.id)
    for theme_id in list(db.session.scalars(found)):
        into = _means(theme_id, set(codes.values()))
        if into is not None:
            themes.merge(theme_id, into, by=cast.people["amara"], today=day)


def _means(theme_id: int, frame: set[int]) -> int | None:
    """The theme of the frame that most coded answers of a suggestion hold, where most of them agree."""
    mine = select(CodingRow.excerpt_key).where(CodingRow.theme_id == theme_id)
    coded = select(CodingRow.theme_id).where(CodingRow.excerpt_key.in_(mine), CodingRow.confirmed_by.is_not(None))
    counts = Counter(other for other in db.session.scalars(coded) if other in frame)
    if not counts:
        return None
    into, agree = min(counts.most_common(), key=lambda pair: (-pair[1], pair[0]))
    return into if agree >= SURE * counts.total() else None
