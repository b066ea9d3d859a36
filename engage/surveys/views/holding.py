"""What a phone holds of a survey: a secret in its signed cookie, and nothing else anywhere on it."""

import secrets
from collections.abc import Mapping

from flask import request, session
from flask_wtf.csrf import generate_csrf

from engage.shared import crypto
from engage.shared.clock import now
from engage.shared.errors import NotOpen
from engage.shared.keeping import SECRET_OF_SENT
from engage.shared.words import N_
from engage.surveys.queries.sittings import Draft, Sitting, draft, sitting_of
from engage.surveys.rules.waves import Wave

# In the cookie, for each wave: "s" the secret, or "k" and "w" the key and sealed words of one begun on another phone;
# "from" the setting whose link brought them; "shared" where its link, or the person before, said that others use this
# phone; "card" where a card let them in (never its code); "sent" the second at which the answers went off from here,
# and "asks" the one at which somebody then began to ask for contact. Of what was sent only "sent" and what is of the
# phone stay: not the secret, which would give four words, answers and messages to whoever has the phone next.

OF_THE_PHONE = ("from", "shared")
LONG_AGO = "0"  # a phone that has put its secret away need not say when it sent
OF_SENDING = frozenset(  # pages that are no way out of the thanks page
    {
        "surveys.show_thanks",
        "surveys.ask_contact",
        "surveys.show_contact_kept",
        "public.choose_language",
        "static",
        None,  # an icon that a browser looks for by itself
    }
)


def sitting(wave: Wave) -> Sitting:
    """Give the sitting of this phone, a new one where there is none."""
    known = known_sitting(wave.code)
    if known is None:
        drawn = secrets.token_urlsafe(16)
        hold(wave, s=drawn)
        return sitting_of(f"{wave.code}:{drawn}")
    return known


def known_sitting(code: str) -> Sitting | None:
    """Give the sitting of this phone at the wave called `code`, if it has one."""
    held = _held(code)
    if "s" in held:
        return sitting_of(f"{code}:{held['s']}")
    words = crypto.unseal(held["w"].encode()) if "k" in held else crypto.LOST
    return None if words == crypto.LOST else Sitting(bytes.fromhex(held["k"]), tuple(words.split()))


def known_draft(wave: Wave) -> Draft | None:
    """Give what was saved of this phone's sitting."""
    known = known_sitting(wave.code)
    return draft(known.key) if known else None


def secret(code: str) -> str | None:
    """Give the secret of this phone's sitting, one for each wave; None where it was begun on another phone."""
    held = _held(code)
    return f"{code}:{held['s']}" if "s" in held else None


def has_sent(code: str) -> bool:
    """Say whether this phone has sent its answers; the thanks page asks, and need not ask the database."""
    return "sent" in _held(code)


def may_show_words(code: str) -> bool:
    """Say whether this phone sent its answers a moment ago."""
    held = _held(code)
    return "sent" in held and _lately(held["sent"])


def has_put_away(code: str) -> bool:
    """Say whether this phone has sent its answers, and nothing in it leads to them any more."""
    return has_sent(code) and known_sitting(code) is None


def page_token() -> str:
    """Give the token against forged forms; what it stands for is as hard to guess as the library's own, and shorter."""
    session.setdefault("csrf_token", secrets.token_urlsafe(16))
    return str(generate_csrf())


def note_sent(wave: Wave, *, shared: str) -> None:
    """Note that the answers went off from here, now; `shared` says whether others use this phone too."""
    hold(wave, shared=shared, sent=_this_second())


def note_asking(wave: Wave) -> None:
    """Give who asks for contact the time to write: until then they may have their answers shown with it."""
    if has_sent(wave.code) and not has_put_away(wave.code):
        hold(wave, asks=_this_second())


def put_away(code: str) -> None:
    """Keep of a sitting that it was sent from here, and nothing that leads to it."""
    session["s/" + code] = _mark(_held(code))


def put_away_what_was_sent() -> None:
    """Put the secret away as soon as another page than the one with the four words is asked for, or it got late."""
    if request.method != "GET" or request.endpoint in OF_SENDING:
        return
    for name in [name for name in session if name.startswith("s/") and "sent" in session[name]]:
        if session[name] != _mark(session[name]):
            put_away(name.removeprefix("s/"))


def take_up(wave: Wave, found: Sitting) -> None:
    """Go on here with a sitting begun on another phone."""
    let_go(wave)
    hold(wave, k=found.key.hex(), w=crypto.seal(" ".join(found.words)).decode())


def came_by(wave: Wave) -> int | None:
    """The id of the setting whose link was followed."""
    came = _held(wave.code).get("from")
    return int(came) if came else None


def others_use_it(wave: Wave) -> bool:
    """True when whoever was here before ticked that others use this phone too."""
    return bool(_held(wave.code).get("shared"))


def easy_words() -> bool:
    """True when this phone asked for easy words; like the language, it holds for every survey."""
    return "easy" in session


def heed(asked: Mapping[str, str]) -> None:
    """Keep in the cookie what the address asks for: `easy=1` for easy words, `easy=0` for the usual ones."""
    if "easy" not in asked:
        return
    if asked["easy"] == "1":
        session["easy"] = 1
    else:
        session.pop("easy", None)


def arrive_at(wave: Wave, setting_id: int, *, shared: bool = False) -> None:
    """Come by a setting's link, or by the number that was said there; a link may say that others use this device."""
    hold(wave, **{"from": str(setting_id)}, **({"shared": "yes"} if shared else {}))


def arrive_with_card(wave: Wave, setting_id: int | None) -> None:
    """Let in whoever typed a card's code, as somebody new.

    Their secret is drawn now: a copy of this cookie is the same sitting, so that a card sends once.
    """
    let_go(wave)
    came = {"from": str(setting_id)} if setting_id else {}
    hold(wave, card="yes", s=secrets.token_urlsafe(16), **came)


def is_let_in(wave: Wave) -> bool:
    """True where the wave asks for no card, a card was shown here, or what was begun elsewhere goes on here."""
    return not wave.by_card or not _held(wave.code).keys().isdisjoint({"card", "k"})


def check_let_in(wave: Wave) -> None:
    """Raise `NotOpen` for whoever sends to a wave that asks for a card, and has shown none."""
    if not is_let_in(wave):
        raise NotOpen(N_("This survey opens with the code on a card. Type it first."))


def let_go(wave: Wave) -> None:
    """Forget this phone's sitting, for the next person; the link it came by stays, and that others use it."""
    session["s/" + wave.code] = {name: kept for name, kept in _held(wave.code).items() if name in OF_THE_PHONE}
    session.pop("csrf_token", None)


def hold(wave: Wave, **what: str) -> None:
    """Keep something about this wave in the cookie."""
    session["s/" + wave.code] = _held(wave.code) | what


def _held(code: str) -> dict[str, str]:
    held: dict[str, str] = session.get("s/" + code, {})
    late = "sent" in held and not any(_lately(held.get(when, LONG_AGO)) for when in ("sent", "asks"))
    return _mark(held) if late else held


def _mark(held: Mapping[str, str]) -> dict[str, str]:
    return {name: kept for name, kept in held.items() if name in OF_THE_PHONE} | {"sent": LONG_AGO}


def _lately(second: str) -> bool:
    return second.isdecimal() and now().timestamp() - int(second) < SECRET_OF_SENT.total_seconds()


def _this_second() -> str:
    return str(int(now().timestamp()))
