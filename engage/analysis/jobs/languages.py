"""Which language a few words are in, where that can be told."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

KNOWN = ["en", "pl", "ar", "ro", "fa", "gu", "tr", "es", "fr", "pt", "it", "so", "sq", "uk", "ru", "hi", "ur", "bn"]
FEWEST_WORDS = 4
SURE = 0.95


@cache
def _identifier() -> LanguageIdentifier:
    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(KNOWN)
    return found


def language_of(words: str, otherwise: str) -> str:
    """The language of `words`, or `otherwise` (the page's) where it is too short or too close to tell."""
    if len(words.split()) < FEWEST_WORDS:
        return otherwise
    language, chance = _identifier().classify(words)
    return str(language) if chance >= SURE else otherwise
