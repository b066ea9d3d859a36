"""Fill a survey's page for one person: what they typed, where they are, and what is to be put right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, render_template
from flask_babel import gettext as _
from markupsafe import Markup, escape

from engage.shared.headers import allow_inline, allow_opener
from engage.shared.languages import language
from engage.surveys.queries.waves import definition_of
from engage.surveys.rules.answers import OFFERED, Problem
from engage.surveys.rules.conditions import holds
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.parts import cards_of, last_part, part_before, part_of
from engage.surveys.rules.piping import pipes_of, spoken
from engage.surveys.rules.routing import path
from engage.surveys.rules.waves import Wave
from engage.surveys.views.holding import easy_words, page_token, sitting
from engage.surveys.views.inline import EARLY_TAG
from engage.surveys.views.mixing import mixed
from engage.surveys.views.whole import SurveyPage, survey_page
from engage.surveys.views.wire import page_for_one, page_of

ON, HIDDEN = " on", " hidden"
Typed = Mapping[str, Sequence[str]]
# As short as it may be: this end alone travels uncompressed.
END = "<input type=hidden form=f name=csrf_token value={token} data-seed={seed}>"


@dataclass(frozen=True)
class Filling:
    """What one person's page shows: `at` is an item, or "last"; `trouble` is a sentence about the whole page.

    `by_part` is True for who goes on part by part, without a script.
    """

    typed: Typed
    at: str
    problems: tuple[Problem, ...] = ()
    trouble: str = ""
    by_part: bool = False


def fresh_page(wave: Wave) -> Response:
    """The page of somebody who has not begun."""
    return page_of(_page(wave).fresh, _end(wave))


def filled_page(wave: Wave, filling: Filling, *, status: int = 200) -> Response:
    """The page of somebody who has."""
    definition = definition_of(wave)
    slots = _place(wave, definition, filling) | _values(definition, filling.typed) | _problems(filling)
    sheet = mixed(_page(wave).sheet, definition, sitting(wave).seed)
    return page_for_one(sheet.filled(slots) + _end(wave), status=status)


def first_card(definition: Definition, part: int, codes: Sequence[str]) -> str:
    """The first card of a part on the path, "last" where the part is the last one."""
    return next(iter(cards_of(definition, part, codes)), "last")


def _page(wave: Wave) -> SurveyPage:
    page = survey_page(wave, easy=easy_words())
    allow_inline(scripts=page.inline.scripts, styles=page.inline.styles)
    allow_opener()
    return page


def _end(wave: Wave) -> str:
    return END.format(token=page_token(), seed=sitting(wave).seed)


def _place(wave: Wave, definition: Definition, filling: Filling) -> dict[str, str]:
    codes = path(definition, filling.typed, sitting(wave).seed)
    last = filling.at == "last"
    part = last_part(definition) if last else part_of(definition, filling.at)
    here = cards_of(definition, part, codes)
    slots = {
        f"on:{filling.at}": ON,
        f"part:{'last' if last else part}": ON,
        "part": str(part),
        "at": filling.at,
        "shown": " ".join(here),
        "kicker": _kicker(wave, definition, part),
        "hide:next" if last else "hide:send": HIDDEN,
        "early": EARLY_TAG,
    }
    if part == 0:
        slots["hide:back"] = HIDDEN
    if not last:
        off = {item.code for item in definition.sections[part].items} - set(here)
        slots |= {f"hidden:{code}": HIDDEN for code in off}
    if filling.by_part:
        words = _(
            "You go on part by part. Your answers count once you press Send. If your words say that somebody is not "
            "safe, a person reads them when you press Next."
        )
        slots["by_part"] = Markup('<p class="why">{}</p>').format(words)
    if _worried(definition, part_before(definition, part, codes), codes, filling.typed):
        slots["support"] = ON
    return slots


def _kicker(wave: Wave, definition: Definition, part: int) -> str:
    if part == 0:
        return str(escape(wave.in_(language()).title))
    titles = [section.title.in_(language()) for section in definition.sections]
    return str(escape([*titles, _("The end")][part]))


def _worried(definition: Definition, part: int, codes: Sequence[str], typed: Typed) -> bool:
    items = [definition.item(code) for code in cards_of(definition, part, codes)]
    return any(item.support_when and holds(item.support_when, typed) for item in items)


def _values(definition: Definition, typed: Typed) -> dict[str, str]:
    slots = {"checked:_shared=yes": " checked"} if typed.get("_shared") else {}
    for item in definition.items:
        for name in item.fields:
            for value in typed.get(name, ()):
                slots[f"checked:{name}={value}"] = " checked"
                slots[f"selected:{name}={value}"] = " selected"
                if value not in (*item.answer_codes, *OFFERED):
                    slots[f"text:{name}"] = "\n" + str(escape(value))
                    slots[f"value:{name}"] = f' value="{escape(value)}"'
    for code, until in pipes_of(tuple(definition.items), language()):
        said = spoken(definition.item(code), typed.get(code, ()), language=language(), otherwise=until)
        slots[f"say:{code}|{until}"] = str(escape(said))
    return slots


def _problems(filling: Filling) -> dict[str, str]:
    if not filling.problems and not filling.trouble:
        return {}
    said = [(problem.item, _(problem.words, **problem.values)) for problem in filling.problems]
    slots: dict[str, str] = {
        f"problem:{item}": Markup('<p class="error">{} {}</p>').format(_("Error:"), words) for item, words in said
    }
    slots["problem"] = render_template("surveys/trouble.html", said=said, trouble=filling.trouble)
    slots["title"] = _("Error:") + " "
    return slots
