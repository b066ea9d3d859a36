"""What agencies add as evidence: a picture."""

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from engage.shared.errors import NotValid
from engage.shared.forms import PageForm
from engage.youwesaid.rules.files import LARGEST, kind_of


class FileForm(PageForm):
    """One picture; told by its content."""

    picture = FileField(
        _("A picture that shows it"),
        description=_("PNG or JPEG, up to 5 MB. No child's face and no child's name."),
    )
    content = b""

    def validate_picture(self, field: FileField) -> None:
        """Raise for nothing, too much, or what is no picture."""
        if not field.data:
            raise ValidationError(_("Choose a picture"))
        self.content = field.data.read(LARGEST + 1)
        try:
            kind_of(self.content)
        except NotValid as error:
            raise ValidationError(str(error)) from error

    def record(self) -> tuple[str, bytes]:
        """Give its name as sent, and what is in it."""
        return self.picture.data.filename or "", self.content
