"""Earlier waves that asked the same thing."""

from engage.surveys.queries.waves import definition_of, waves
from engage.surveys.rules.asked_before import AskedBefore, same_item

MOST = 5


def asked_before(code: str, words: str) -> list[AskedBefore]:
    """The latest waves that asked this, the newest first; those still being prepared have asked nobody."""
    found = []
    for one in waves():
        item = same_item(definition_of(one), code, words) if one.state != "draft" else None
        if item:
            found.append(
                AskedBefore(
                    one.code,
                    one.title,
                    one.opens_on,
                    one.promised_on,
                    one.state,
                    item.words.in_("en"),
                    item.code == code,
                )
            )
    return found[:MOST]
