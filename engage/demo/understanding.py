"""Have the invented answers read, coded, themed, frozen and reported, by people's actions and the machine's work."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlalchemy import select

from engage.analysis.actions import reading, themes
from engage.analysis.actions.reporting import report_wave
from engage.analysis.models import CodingRow, ExcerptRow, ThemeRow, ThemeRunRow
from engage.analysis.rules import Naming
from engage.demo import coding
from engage.demo.answers import Fielded, Heard
from engage.demo.material import is_read, material, on
from engage.demo.people import Cast
from engage.shared import db, wanted

FRAME_MADE = -395  # days from the day of loading: between the first wave's last day and the panel
HARM = "harm"
SURE = 0.6  # of the coded answers of a suggested theme that agree, from which it is merged into that theme

Codes = dict[str, int]
Work = Callable[[], object]  # does all wanted work, as the worker would


def understand(fielded: list[Fielded], cast: Cast, *, today: date, work: Work) -> Codes:
    """Bring every wave as far as it would have come by today; gives the id of each theme by its code."""
    for one in fielded:
        wanted.want("read", f"wave:{one.wave.code}")
    _do(work)
    codes = _frame(cast, today)
    said = {key: heard for one in fielded for key, heard in one.spoken.items()}
    held = _held(said, _read(cast, today), codes)
    over = [one for one in fielded if one.reported_on is not None]
    _code(over, fielded, coding.Holding(held, cast, today))
    for one in over:
        report_wave(one.wave.code, by=cast.people["amara"])  # which wants its results frozen
        themes.look_for_themes(f"wave:{one.wave.code}")
    _do(work)
    for one in over:
        _tidy(one, codes, cast)
    return codes


def _do(work: Work) -> None:
    db.session.commit()
    work()


def _frame(cast: Cast, today: date) -> Codes:
    made = on(today, FRAME_MADE)
    frame = material("voices")["themes"]
    return {code: themes.add(_naming(entry), by=cast.people["amara"], today=made) for code, entry in frame.items()}


def _naming(entry: Mapping[str, str]) -> Naming:
    return Naming(entry["name"], entry["means"], bool(entry.get("sensitive", False)))


def _read(cast: Cast, today: date) -> dict[bytes, str]:
    """Let people read what they would have read by now; gives the excerpt of each written answer that was."""
    readers = [cast.people["amara"], cast.people["joel"]]
    sent = select(ExcerptRow).where(ExcerptRow.wave_id.is_not(None)).order_by(ExcerptRow.key)
    rows = db.session.scalars(sent).all()  # kept at hand: each is read below
    read: dict[bytes, str] = {}
    for row in rows:
        day = row.day or today
        if is_read(day, today):
            read[row.written_key or b""] = row.key.hex()
            reading.mark_read(row.key.hex(), by=readers[row.key[0] % 2], today=day + timedelta(days=1))
    return read


def _held(said: Mapping[bytes, Heard], excerpts: Mapping[bytes, str], codes: Codes) -> dict[str, tuple[int, ...]]:
    """The themes that each read answer really holds."""
    voices = {excerpt_id: said[written_key].voice for written_key, excerpt_id in excerpts.items()}
    about = {one: (HARM,) if voice.worrying else voice.themes for one, voice in voices.items()}
    return {excerpt_id: tuple(codes[code] for code in themes) for excerpt_id, themes in about.items()}


def _code(over: list[Fielded], fielded: list[Fielded], said: coding.Holding) -> None:
    """Code the open waves on the workbench, earlier ones while reading, and a share of the last of these twice."""
    for one in fielded:
        if one not in over:
            coding.code_open(one, said)
    by_theme: dict[int, list[str]] = defaultdict(list)
    for excerpt_id in [excerpt_id for one in over for excerpt_id in coding.read_in(one.wave, said)]:
        for theme_id in said.themes[excerpt_id]:
            by_theme[theme_id].append(excerpt_id)
    for theme_id in sorted(by_theme):
        reading.confirm(theme_id, by_theme[theme_id], by=said.cast.people["joel"])
    coding.code_twice(over[-1], said)
    coding.choose_examples(over[-1], said)


def _tidy(one: Fielded, codes: Codes, cast: Cast) -> None:
    """Merge suggestions that mean what a theme of the frame means; leave the others for somebody to look at."""
    day = one.reported_on or one.wave.closes_on
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
