"""What the team brings in: a survey as a JSON file or as an XLSForm workbook."""

from dataclasses import dataclass
from typing import Any

from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from engage.shared.errors import NotValid
from engage.shared.forms import PageForm
from engage.surveys.rules.definition import to_document
from engage.surveys.rules.json_files import LARGEST, read_json
from engage.surveys.rules.xlsform.reading import FromWorkbook, read_xlsform

PACKED = b"PK\x03\x04"  # how a workbook begins
OLD = b"\xd0\xcf\x11\xe0"
LONGEST_NAME = 60


@dataclass(frozen=True)
class SurveyFile:
    """A survey's document as a file gave it, and what of the file had no place in it."""

    name: str
    document: dict[str, Any]
    left_out: tuple[str, ...]


class SurveyFileForm(PageForm):
    """One file; told by its content, never by its name."""

    file = FileField(
        "JSON file or XLSForm workbook",
        description="Up to 2 MB. It becomes a draft: nobody is asked anything before you publish it.",
    )
    read = FromWorkbook({}, ())

    def validate_file(self, field: FileField) -> None:
        """Read all of it, or say what is wrong, and where."""
        if not field.data:
            raise ValidationError("Choose a file")
        content = field.data.read(LARGEST + 1)
        try:
            workbook = content.startswith((PACKED, OLD))
            self.read = read_xlsform(content) if workbook else FromWorkbook(to_document(read_json(content)), ())
        except NotValid as wrong:
            raise ValidationError(f"{self.name_of_file}: {wrong}") from wrong

    @property
    def name_of_file(self) -> str:
        """What the file is called, to say which one was chosen."""
        return f"“{(self.file.data.filename or 'the file')[:LONGEST_NAME]}”"

    def record(self) -> SurveyFile:
        """What the file holds."""
        return SurveyFile(self.name_of_file, self.read.document, self.read.left_out)
