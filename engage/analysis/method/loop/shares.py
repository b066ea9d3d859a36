"""What part of the promises, the answers and the themes went which way."""

from collections.abc import Iterable
from datetime import date

from engage.analysis.method.loop.said import Said
from engage.analysis.method.proportions import wilson
from engage.analysis.method.records import Proportion


def _part(count: int, base: int) -> Proportion | None:
    return Proportion(count, base, wilson(count, base), 1) if base else None


def answered_by_promise(concerns: Iterable[Said], *, today: date) -> Proportion | None:
    """Share of concerns answered by the promised date, of those whose date has come or that were answered already.

    Parameters
    ----------
    concerns : iterable of Said
    today : date

    Returns
    -------
    kept : Proportion of concerns (not people, so not rounded), or None while no promise is due

    Examples
    --------
    >>> day, due = date(2026, 1, 1), date(2026, 2, 1)
    >>> said = [Said(day, due, answered_on=due), Said(day, due), Said(day, date(2027, 1, 1))]
    >>> answered_by_promise(said, today=date(2026, 3, 1)).percent
    50
    """
    due = [one for one in concerns if one.promised_by < today or one.answered_on is not None]
    return _part(sum(one.answered_on is not None and one.answered_on <= one.promised_by for one in due), len(due))


def share_cannot(concerns: Iterable[Said]) -> Proportion | None:
    """Share of answered concerns whose answer is "we can't do this".

    Parameters
    ----------
    concerns : iterable of Said

    Returns
    -------
    cannot : Proportion, or None while nothing is answered

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> share_cannot([Said(day, day, day, cannot=True), Said(day, day, day), Said(day, day)]).percent
    50
    """
    answered = [one for one in concerns if one.answered_on is not None]
    return _part(sum(one.cannot for one in answered), len(answered))


def share_felt(concerns: Iterable[Said]) -> Proportion | None:
    """Share of done concerns that young people say are better; a felt-check not reported yet counts as not felt.

    One that failed its felt-check and is worked on again stays in the base: nobody gains by asking for one more action.

    Parameters
    ----------
    concerns : iterable of Said

    Returns
    -------
    felt : Proportion, or None while nothing is done

    Examples
    --------
    >>> day = date(2026, 1, 1)
    >>> share_felt([Said(day, day, day, day, felt=True), Said(day, day, day, day)]).percent
    50
    """
    done = [one for one in concerns if one.did_on is not None or one.felt is not None]
    return _part(sum(one.felt is True for one in done), len(done))


def share_of_themes(answered: int, noted: int, in_use: int) -> Proportion | None:
    """Share of the themes in use that were answered, or noted with a reason.

    Parameters
    ----------
    answered : int, themes
        Those behind a concern with a published answer.
    noted : int, themes
        Those without one, of which somebody said "noted, because".
    in_use : int, themes

    Returns
    -------
    themes : Proportion of themes, or None while none is in use

    Raises
    ------
    ValueError
        If more are answered and noted than are in use.

    Examples
    --------
    >>> share_of_themes(3, 1, 8).percent
    50
    """
    if not 0 <= answered + noted <= in_use:
        raise ValueError(
            f"No more themes can be answered or noted than are in use, got {answered} + {noted} of {in_use}"
        )
    return _part(answered + noted, in_use)
