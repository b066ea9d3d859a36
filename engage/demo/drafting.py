"""Begin an invented survey that nobody has published yet."""

from engage.demo.material import material
from engage.demo.people import Cast
from engage.surveys.actions.drafts import add_draft

WRITER = "amara"


def begin(cast: Cast) -> str:
    """Keep the draft of the material, and give its code."""
    return add_draft(material("draft"), by=cast.people[WRITER])
