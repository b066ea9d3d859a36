"""Learns one code at a time, and says which words spoke for it."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, vstack
from sklearn.linear_model import LogisticRegression

from engage.analysis.method.features import Context, Features

Chances = NDArray[np.float64]
Codes = NDArray[np.bool_]
Model: TypeAlias = Any  # a LogisticRegression; a plain chance for a code given always, None for one given never
FEWEST = 10
HARDNESS = 10.0  # of the regression; tried 5 to 30, which differ by less than seeds do
REASONS = 3
READ_WORDS = 60  # of one answer, when looking for reasons


def _table(given: ArrayLike) -> NDArray[Any]:
    try:
        return np.asarray(given)
    except ValueError as wrong:
        raise ValueError("Every row of Y needs as many codes as the others") from wrong


def checked(texts: Sequence[str], given: ArrayLike) -> Codes:
    """The codes given as an array of bool. Raises `ValueError` where nothing can be learnt from them."""
    truth = _table(given)
    if truth.ndim != 2 or truth.shape[1] == 0:  # noqa: PLR2004 (answers and codes)
        raise ValueError("Y must have a row for every answer and a column for every code")
    if len(truth) != len(texts):
        raise ValueError(f"Y must have a row for every answer: {len(texts)} answers, {len(truth)} rows")
    if len(texts) < FEWEST:
        raise ValueError(f"Learning needs at least {FEWEST} coded answers, and there are {len(texts)}")
    if truth.dtype.kind not in "biuf" or not np.isin(truth, (0, 1)).all():
        raise ValueError("Y must hold nothing but 0 and 1, or False and True")
    codes: Codes = truth.astype(bool)
    if not codes.any():
        raise ValueError("Learning needs at least one answer with a code, and none has any")
    return codes


def frame_of(definitions: Sequence[str] | None, truth: Codes) -> list[str]:
    """What the code frame says of each code; nothing where it was not given. Raises `ValueError` for a wrong number."""
    if definitions is not None and len(definitions) != truth.shape[1]:
        raise ValueError(f"Every code needs a definition: {truth.shape[1]} codes, {len(definitions)} definitions")
    return list(definitions or ())


def learn_all(numbers: csr_array, truth: Codes, told: csr_array) -> list[Model]:
    """Learn every code from coded answers, and from its definition where there are any."""
    if not told.shape[0]:
        return [learn(numbers, truth[:, code]) for code in range(truth.shape[1])]
    rows = vstack([numbers, told], format="csr")
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    own = np.eye(truth.shape[1], dtype=bool)
    return [
        learn(rows, np.concatenate([truth[:, code], own[code]])) if truth[:, code].any() else None
        for code in range(truth.shape[1])
    ]


def learn(numbers: csr_array, truth: NDArray[np.bool_]) -> Model:
    """Learn one code; a plain chance where it is given always, None where never."""
    if truth.all() or not truth.any():
        return 1.0 if truth.all() else None
    return LogisticRegression(C=HARDNESS, solver="liblinear", class_weight="balanced").fit(numbers, truth)


def chances_of(models: Sequence[Model], numbers: csr_array) -> Chances:
    """Chance of every code for every answer, shape (n_answers, n_codes)."""
    chances = np.zeros((numbers.shape[0], len(models)))
    for code, model in enumerate(models):
        if model is not None and len(chances):
            chances[:, code] = model if isinstance(model, float) else model.predict_proba(numbers)[:, 1]
    return chances


def worth_of(chances: Chances, least: Chances) -> Chances:
    """How unsure the model is of the code nearest to its threshold, on the log-odds scale; most unsure is largest."""
    sure = np.clip(chances, 1e-6, 1 - 1e-6)
    away = np.abs(np.log(sure / (1 - sure)) - np.log(least / (1 - least)))
    return np.asarray(-away.min(axis=1))


def reasons(model: Model, features: Features, text: str, asked: Context | None) -> tuple[tuple[str, float], ...]:
    """Leave out each word in turn, and see how much less likely the code becomes."""
    words = text.split()[:READ_WORDS]
    if not isinstance(model, LogisticRegression) or not words:
        return ()
    without = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
    each = len(words) + 1
    rows = features.place(
        [" ".join(words), *without], None if asked is None else list(asked) * each, meant=[text] * each
    )
    odds = model.decision_function(rows)
    weights = {word: float(odds[0] - other) for word, other in zip(words, odds[1:], strict=True)}
    best = sorted(weights.items(), key=lambda pair: -pair[1])[:REASONS]
    return tuple((word.strip(".,!?;:\"'()"), round(weight, 3)) for word, weight in best if weight > 0)
