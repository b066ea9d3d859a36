"""What the item bank is made of."""

from engage.surveys.queries.versions import definition_of_version
from engage.surveys.queries.waves import surveys
from engage.surveys.rules.definition import Definition
from engage.surveys.rules.shipped import CODES, shipped


def sources() -> list[tuple[str, Definition]]:
    """The newest version in use of each published survey, and the templates, each with the name of its source."""
    published = [(str(one.version_id), definition_of_version(one.version_id)) for one in surveys() if one.version_id]
    return published + [(code, shipped(code)) for code in CODES]
