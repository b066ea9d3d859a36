"""Staff pages: the words of a draft in its languages, side by side, with their gaps."""

from collections import Counter
from functools import partial

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from engage.accounts.guards import open_to
from engage.accounts.rules import Role
from engage.shared.errors import EngageError, NotFound, NotOpen
from engage.shared.languages import NAMES, direction_of, in_english
from engage.shared.paging import page_asked, page_of
from engage.surveys.actions.drafts import Seen
from engage.surveys.desk.draft_parts import GONE, Step, kept, part_page
from engage.surveys.desk.pages import LOOKERS, pages
from engage.surveys.forms.words import PartWordsForm, words_of
from engage.surveys.queries.drafts import Draft, draft
from engage.surveys.rules.drafting import Document, section_of
from engage.surveys.rules.faces import WHOLE, Text, gaps, lost, texts_of, translate


@pages.get("/drafts/<code>/words")
@open_to(*LOOKERS)
def show_draft_words(code: str) -> ResponseReturnValue:
    known = draft(code)
    table = {language: gaps(known.document, language) for language in known.definition.languages if language != "en"}
    parts = {WHOLE: "Title and age bands"} | {part.code: part.title.in_("en") for part in known.definition.sections}
    names = {language: in_english(language) for language in NAMES}
    return render_template(
        "surveys/desk/draft_words.html", draft=known, table=table, parts=parts, names=names, behind=_behind(known)
    )


@pages.get("/drafts/<code>/words/<language>/<part>")
@open_to(Role.VOICE)
def ask_translation(code: str, language: str, part: str) -> ResponseReturnValue:
    known = draft(code)
    texts = page_of(_texts(known, language, part), page_asked()).items
    return _page(known, PartWordsForm(formdata=None, data=words_of(texts, language)), language, part)


@pages.post("/drafts/<code>/words/<language>/<part>")
@open_to(Role.VOICE)
def keep_translation(code: str, language: str, part: str) -> ResponseReturnValue:
    known, form = draft(code), PartWordsForm()
    typed = form.typed()
    if not form.validate():
        return _page(known, form, language, part), 422
    seen = Seen(form.seen.data, lambda new: _part(new, part), language, [f"{part}.{place}" for place in typed])
    step = Step("translated", lambda new: translate(new, part, language, typed), seen)
    return kept(known, step, again=partial(_told, code, form, language, part), then=_next(known, language, part))


def _next(known: Draft, language: str, part: str) -> str:
    """The next page of a long part, else the list of all parts."""
    here = page_of(_texts(known, language, part), page_asked())
    if not here.more:
        return url_for("surveys_desk.show_draft_words", code=known.code)
    return url_for("surveys_desk.ask_translation", code=known.code, language=language, part=part, page=here.number + 1)


def _behind(known: Draft) -> dict[str, Counter[str]]:
    """How many translations of each part, by language, are to be looked at since their English has changed."""
    parts = {text.key: text.part for text in texts_of(known.document)}
    return {
        language: Counter(parts[place] for place in places if place in parts)
        for language, places in known.behind.items()
    }


def _texts(known: Draft, language: str, part: str) -> list[Text]:
    texts = [text for text in texts_of(known.document) if text.part == part]
    if language not in known.definition.languages or language == "en" or not texts:
        raise NotFound(GONE)
    return texts


def _part(document: Document, part: str) -> object:
    return document["title"] if part == WHOLE else section_of(document, part)


def _again(form: PartWordsForm, texts: list[Text], language: str) -> PartWordsForm:
    typed = form.typed()
    shown = [text for text in texts if text.place in typed]
    again = PartWordsForm(formdata=None, data=words_of(shown, language, typed))
    again.seen.data = form.seen.data
    return again


def _told(code: str, form: PartWordsForm, language: str, part: str, error: EngageError) -> str:
    known = draft(code)
    texts, typed = _texts(known, language, part), form.typed()
    theirs = [
        (f"{text.name}, {text.english[:60]}", text.texts.get(language, ""))
        for text in texts
        if isinstance(error, NotOpen) and text.texts.get(language, "") != typed.get(text.place, "")
    ]
    return _page(known, _again(form, texts, language), language, part, trouble=error, theirs=theirs)


def _page(known: Draft, form: PartWordsForm, language: str, part: str, **more: object) -> str:
    boxes = {line.place.data: line for line in form.lines}
    every, late = _texts(known, language, part), known.behind.get(language, ())
    texts = [text for text in every if text.place in boxes]
    title = "Title and age bands" if part == WHOLE else _title(known, part)
    return part_page(
        "draft_translation.html",
        known,
        form,
        _part(known.document, part),
        lines=[(text, boxes[text.place], lost(text, language), text.key in late) for text in texts],
        here=page_of(every, page_asked()),
        language=language,
        place=part,
        name=in_english(language),
        direction=direction_of(language),
        title=title,
        **more,
    )


def _title(known: Draft, part: str) -> str:
    return next(section.title.in_("en") for section in known.definition.sections if section.code == part)
