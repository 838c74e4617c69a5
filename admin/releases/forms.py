"""The form that opens service points for counting."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FloatField, SelectMultipleField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

MOST_A_DAY = 100_000
DIGITS = 9


def _ids(typed: str) -> tuple[int, int]:
    """Return the ids of a service point and a questionnaire, joined by a hyphen. Raises ValueError for
    anything else."""
    place_id, _hyphen, questionnaire_id = typed.partition("-")
    if not all(
        part.isascii() and part.isdigit() and len(part) <= DIGITS for part in (place_id, questionnaire_id)
    ):
        raise ValueError(typed)
    return int(place_id), int(questionnaire_id)


class OpeningForm(FlaskForm):
    """The service points and questionnaires to open, and how many responses they expect."""

    chosen = SelectMultipleField(_l("Service points"), coerce=_ids, validate_choice=False)
    expected = FloatField(
        _l("Expected responses per day and service point"),
        [Optional(), NumberRange(0, MOST_A_DAY)],
        description=_l("Leave empty if not known: batches then take 28 days or more."),
        render_kw={"inputmode": "decimal"},
    )


class ExpectedForm(FlaskForm):
    """How many responses open service points are expected to get."""

    chosen = SelectMultipleField(
        _l("Service points"),
        [Length(min=1, message=_l("Select the service points."))],
        coerce=_ids,
        validate_choice=False,
    )
    expected = FloatField(
        _l("Expected responses per day and service point"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, MOST_A_DAY)],
        description=_l(
            "From the next batch on. Batches become longer by themselves where fewer come, and never shorter "
            "than this number makes them: otherwise many false responses could make them a day long."
        ),
        render_kw={"inputmode": "decimal"},
        name="expected_per_day",
    )
