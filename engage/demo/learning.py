"""One briefing about a concern of the story, and a few teams that say they used it. All of it is invented."""

from datetime import date, timedelta

from engage.accounts.queries import agencies
from engage.demo.material import material
from engage.demo.people import Cast
from engage.youwesaid.actions import briefing
from engage.youwesaid.queries.public import concerns
from engage.youwesaid.rules.briefing import NewBriefing

WRITTEN_BEFORE = timedelta(days=12)


def brief(cast: Cast, *, today: date) -> None:
    """Write, check and publish a briefing some days ago."""
    entry = material("briefing")
    concern = next(one for one in concerns(today=today) if one.title == entry["about"])
    written_on = today - WRITTEN_BEFORE
    new = NewBriefing(entry["title"], entry["boxes"])
    made = briefing.write(concern.id, new, by=cast.people["amara"], today=written_on)
    briefing.check(made, by=cast.people["helen"])
    briefing.publish(made, by=cast.people["amara"], today=written_on)
    known = {agency.name: agency.id for agency in agencies()}
    for name, how in entry["used"]:
        briefing.note_use(made, agency_id=known.get(name), how=how, today=today)
