"""The form that opens service points for counting."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FloatField, SelectMultipleField
from wtforms.validators import NumberRange, Optional

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
        description=_l("Leave empty if not known: the first batch then takes 28 days or more."),
        render_kw={"inputmode": "decimal"},
    )
