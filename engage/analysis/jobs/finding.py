"""Look for themes in what was written: suggestions for people, who decide; what they decided stays as it is."""

from engage.analysis.actions.found import keep_found
from engage.analysis.jobs.reading import read_new
from engage.analysis.method.themes import ThemeFinder
from engage.analysis.queries.worker import Found, Text, texts
from engage.analysis.rules import PLACEHOLDER
from engage.shared import db, wanted
from engage.surveys.queries.places import place

SEED = 0
METHOD = "ThemeFinder 1"
FEWEST = 20  # texts; with fewer a person sees more than a count of words does


def find_themes(subject: str) -> int:
    """Suggest themes for a wave or source; gives how many were found. Safe to run again. Raises `NotFound`."""
    read_new(subject)
    with db.reading():
        about = place(subject)
        said = texts(about)
    wanted.say("themes", subject, f"Comparing {len(said)} answers")
    db.session.commit()
    found = _found(said) if len(said) >= FEWEST else []
    keep_found(about, found, texts=len(said), seed=SEED, method=METHOD)
    db.session.commit()
    return len(found)


def _found(said: list[Text]) -> list[Found]:
    words = [PLACEHOLDER.sub(" ", text.words) for text in said]
    finder = ThemeFinder(n_themes="auto", random_state=SEED).fit(words)
    labels, closeness = finder.labels_, finder.transform(words)
    themes = []
    for number, theme in enumerate(finder.themes_):
        places = [at for at, label in enumerate(labels) if label == theme.id]
        members = tuple((said[at].key, float(closeness[at, number])) for at in places)
        flagged = sum(said[at].flagged for at in places)
        themes.append(Found(theme.words, theme.phrases, theme.stability, members, flagged=flagged))
    return themes
