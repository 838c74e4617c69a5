"""Days and months that somebody can mean."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.validators import ValidationError

YEARS = range(2000, 2200)


def check_year(_form: Form, field: Field) -> None:
    """Raises ValidationError for a day, a month or a moment of another year; an empty field is sensible."""
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(_l("Enter a year from 2000 to 2199."))
