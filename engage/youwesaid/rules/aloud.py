"""How long words take to read aloud, and how to make them shorter without writing them anew."""

import re

WORDS_A_SECOND = 2.5  # 150 words a minute, the pace of somebody who is listened to
SENTENCE = re.compile(r"(?<=[.!?؟。])\s+")


def seconds(*texts: str) -> int:
    """How many seconds these take to read aloud."""
    return round(sum(len(text.split()) for text in texts) / WORDS_A_SECOND)


def shortened(text: str, *, most: int) -> str:
    """Give the first whole sentences that hold at most so many words; the first one always stays."""
    kept: list[str] = []
    for sentence in SENTENCE.split(text.strip()):
        if kept and len(" ".join((*kept, sentence)).split()) > most:
            break
        kept.append(sentence)
    return " ".join(kept)
