"""Keep how far two people agree, as it was computed."""

from engage.analysis.method.records import Agreement
from engage.analysis.models import AgreementRow
from engage.shared import db
from engage.shared.clock import now
from engage.surveys.queries.places import Place


def keep_agreement(about: Place, found: Agreement) -> None:
    """Keep the agreement of a wave or source; the newest is the one that is shown."""
    between = found.interval
    db.session.add(
        AgreementRow(
            wave_id=about.wave_id, source_id=about.source_id, made_at=now().replace(tzinfo=None), answers=found.answers,
            coders=found.coders, same=found.same, alpha=found.alpha, low=between.low if between else None,
            high=between.high if between else None,
        )
    )  # fmt: skip
