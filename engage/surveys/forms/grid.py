"""What the team types to add several questions with the same answers at once."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, ValidationError

from engage.shared.forms import PageForm
from engage.surveys.forms.item import OWNER
from engage.surveys.rules.card_kinds import SCALE
from engage.surveys.rules.grids import Grid

ANSWERS = "\n".join(words for _, words in SCALE)
MOST_QUESTIONS, MOST_ANSWERS = 40, 120
LONGEST_QUESTION, LONGEST_ANSWER = 600, 200  # characters, as on the page of one question


class GridForm(PageForm):
    """Questions and answers, each on a line of its own."""

    questions = TextAreaField(
        "Questions, one on each line",
        description="Whole questions: each is a card of its own, for a table does not fit on a phone",
        validators=[DataRequired("Write at least two questions"), Length(max=MOST_QUESTIONS * LONGEST_QUESTION)],
        render_kw={"rows": 6},
    )
    answers = TextAreaField(
        "The answers of each, one on each line",
        description="In their order, the best first. Faces and more can be given on each question's own page",
        default=ANSWERS,
        validators=[DataRequired("Write at least two answers"), Length(max=MOST_ANSWERS * LONGEST_ANSWER)],
        render_kw={"rows": 6},
    )
    good = IntegerField(
        "How many of them, from the first, count as good",
        default=2,
        validators=[NumberRange(min=0, max=MOST_ANSWERS, message="A whole number, 0 for none")],
    )
    show = IntegerField(
        "Ask each person only some of these questions",
        default=0,
        description="How many, chosen by chance for each person; 0 asks all of them",
        validators=[NumberRange(min=0, max=MOST_QUESTIONS, message=f"A number from 0 to {MOST_QUESTIONS}")],
    )
    purpose = StringField("Purpose, for staff", description="What the answers are for", validators=[Length(max=300)])
    owner = StringField("Who answers for these questions", default=OWNER, validators=[Length(max=120)])

    def validate_questions(self, field: TextAreaField) -> None:
        """There are several, and none is too long."""
        _check_lines(lines(field), "question", most=MOST_QUESTIONS, longest=LONGEST_QUESTION)

    def validate_answers(self, field: TextAreaField) -> None:
        """There are several, and none is too long."""
        _check_lines(lines(field), "answer", most=MOST_ANSWERS, longest=LONGEST_ANSWER)

    def grid(self) -> Grid:
        """What was typed."""
        facts = {"purpose": self.purpose.data or "", "owner": self.owner.data or ""}
        return Grid(lines(self.questions), lines(self.answers), facts, self.good.data or 0, self.show.data or 0)


def lines(field: TextAreaField) -> list[str]:
    """The lines of a box that say something."""
    return [line for line in (line.strip() for line in (field.data or "").splitlines()) if line]


def _check_lines(typed: list[str], what: str, *, most: int, longest: int) -> None:
    if not 2 <= len(typed) <= most:  # noqa: PLR2004  (one alone is no grid)
        raise ValidationError(f"Write from 2 to {most} {what}s, one on each line")
    if long := next((line for line in typed if len(line) > longest), ""):
        raise ValidationError(f"Up to {longest} characters on a line. This {what} is longer: {long[:60]}…")
