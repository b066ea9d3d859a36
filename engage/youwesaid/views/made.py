"""What is made of approved words for schools and groups: a poster, a script, a slide, a paragraph, a code to scan."""

from dataclasses import dataclass
from io import BytesIO

import segno
from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from engage.accounts.guards import Who, open_to
from engage.shared.clock import today
from engage.shared.languages import day, language
from engage.shared.outbox import link
from engage.youwesaid.queries.own_words import Words
from engage.youwesaid.queries.public import Concern, concern
from engage.youwesaid.rules.aloud import seconds, shortened
from engage.youwesaid.rules.concerns import STATE_WORDS, TOPICS
from engage.youwesaid.views.blueprint import kept, pages

SAID_ALOUD, DID_ALOUD = 26, 30  # words: with what stands between, about thirty seconds


@dataclass(frozen=True)
class Made:
    """A concern as it is shown to others: `did` is the newest answer, or why we can't; none while there is neither."""

    concern: Concern
    did: Words | None
    unchecked: bool
    address: str

    @property
    def promise(self) -> str:
        """By when there is more, in the reader's language; empty once nothing more is promised."""
        if self.concern.finished:
            return ""
        if self.concern.state == "late":
            return str(gettext("We promised an answer by %(day)s.", day=day(self.concern.promised_on)))
        return str(gettext("We will tell you more by %(day)s.", day=day(self.concern.promised_on)))


@pages.get("/<slug>/for-schools")
@open_to(Who.ANYONE)
def show_for_schools(slug: str) -> ResponseReturnValue:
    return kept(lambda: _page("for_schools", slug))


@pages.get("/<slug>/poster")
@open_to(Who.ANYONE)
def show_poster(slug: str) -> ResponseReturnValue:
    return kept(lambda: _page("poster", slug))


@pages.get("/<slug>/slide")
@open_to(Who.ANYONE)
def show_slide(slug: str) -> ResponseReturnValue:
    return kept(lambda: _page("slide", slug))


@pages.get("/<slug>/code.svg")
@open_to(Who.ANYONE)
def show_code(slug: str) -> ResponseReturnValue:
    return kept(lambda: _drawn(_made(slug).address), mimetype="image/svg+xml")


def _page(name: str, slug: str) -> str:
    made = _made(slug)
    return render_template(
        f"youwesaid/{name}.html", made=made, concern=made.concern, script=_script(made), topics=TOPICS,
        state_words=STATE_WORDS,
    )  # fmt: skip


def _made(slug: str) -> Made:
    one = concern(slug, today=today(), language=language())
    address = link(url_for("youwesaid.show_concern", slug=one.slug))
    if one.state == "cannot":
        return Made(one, one.say("reason"), unchecked=False, address=address)
    if not one.told:
        return Made(one, None, unchecked=False, address=address)
    return Made(one, one.told[0].say("we_did"), one.told[0].unchecked, address)


def _script(made: Made) -> tuple[tuple[Words, ...], int]:
    """What somebody says in an assembly, sentence by sentence, and how many seconds it takes."""
    here, said = language(), made.concern.say("you_said")
    lines = [Words(gettext("You told us:"), here), Words(shortened(said.text, most=SAID_ALOUD), said.language)]
    if made.did:
        did = Words(shortened(made.did.text, most=DID_ALOUD), made.did.language)
        lines += [Words(gettext("Here is what happened:"), here), did]
    if made.promise:
        lines.append(Words(made.promise, here))
    lines.append(Words(gettext("Scan the code on the poster to see all of it."), here))
    return tuple(lines), seconds(*(line.text for line in lines))


def _drawn(address: str) -> str:
    drawing = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawing, kind="svg", scale=8, border=4, light="#fff", dark="#000", svgns=True, xmldecl=False, omitsize=True
    )
    return drawing.getvalue().decode()
