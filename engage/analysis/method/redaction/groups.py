"""Groups of words that the rules read, kept as data beside the code."""

from functools import cache
from importlib.resources import files

import yaml

_FILE = "redaction/words/groups.yaml"


@cache
def groups(file: str = _FILE) -> dict[str, str]:
    """Read every group of a file.

    Parameters
    ----------
    file : str
        The file, from the folder of `engage.analysis.method`.

    Returns
    -------
    groups : dict of str to str
        Name to its words, with spaces between them.

    Examples
    --------
    >>> "academy" in groups()["schools"]
    True
    """
    written = files("engage.analysis.method").joinpath(file).read_text("utf-8")
    # The base loader keeps every word a word: "no" and "on" stay themselves.
    return dict(yaml.load(written, Loader=yaml.CBaseLoader))  # noqa: S506 - our own file, strings only


def group(name: str, file: str = _FILE) -> frozenset[str]:
    """Read one group of words.

    Parameters
    ----------
    name : str
        Its name in the file.
    file : str
        The file, from the folder of `engage.analysis.method`.

    Returns
    -------
    words : frozenset of str
        Folded words.

    Raises
    ------
    KeyError
        If there is no group of that name.

    Examples
    --------
    >>> "academy" in group("schools")
    True
    """
    return frozenset(groups(file)[name].split())
