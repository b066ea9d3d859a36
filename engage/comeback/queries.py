"""What the holder of a receipt may see: concerns they fed, messages left for them, what happens next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engage.analysis.queries import Promise, knows_receipt, promise_of_receipt, themes_of_receipt
from engage.safeguarding import queries as safeguarding
from engage.safeguarding.queries import Message
from engage.shared.languages import language
from engage.youwesaid.queries.felt_public import Asked, asked_of
from engage.youwesaid.queries.public import Concern, concerns_of_themes


@dataclass(frozen=True)
class Story:
    """What happened so far to what one person said; `promise` is None once the tie to the answers is cut.

    `felt` says, by concern, where they are asked whether they notice.
    """

    concerns: tuple[Concern, ...]
    felt: Mapping[int, Asked]
    messages: tuple[Message, ...]
    promise: Promise | None

    @property
    def may_answer(self) -> bool:
        """True when somebody left a message."""
        return any(not message.from_young_person for message in self.messages)


def is_known(receipt_hash: bytes) -> bool:
    """True when somebody holds these words: answers, a draft, a theme, an alert or a message carries them."""
    return knows_receipt(receipt_hash) or safeguarding.knows_receipt(receipt_hash)


def story_of(receipt_hash: bytes, *, today: date) -> Story:
    """Tell the holder of a receipt where things stand; the answers themselves are not part of it."""
    themes = themes_of_receipt(receipt_hash)
    concerns = tuple(concerns_of_themes(themes, today=today, language=language())) if themes else ()
    return Story(
        concerns=concerns,
        felt=asked_of([concern.id for concern in concerns], receipt_hash, today=today) if concerns else {},
        messages=tuple(safeguarding.messages_for(receipt_hash)),
        promise=promise_of_receipt(receipt_hash),
    )
