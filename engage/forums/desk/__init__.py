"""Staff pages: forums and who comes, the door, what was said at the tables, and what came after."""

from engage.forums.desk import after, agencies, door, forums, notes, people
from engage.forums.desk.pages import pages

__all__ = ["after", "agencies", "door", "forums", "notes", "pages", "people"]
