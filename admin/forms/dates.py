"""Validation of dates."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, Form
from wtforms.validators import ValidationError

YEARS = range(2000, 2200)


def check_year(_form: Form, field: Field) -> None:
    """Raise ValidationError when the year of a day, month or moment is not among YEARS; empty is valid."""
    if field.data is not None and field.data.year not in YEARS:
        raise ValidationError(_l("Enter a year from 2000 to 2199."))
