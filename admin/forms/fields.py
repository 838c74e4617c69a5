"""Fields that the forms of several packages share."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired, Optional

from admin.forms.validators import refused_by
from survey.places.rules.naming import check_code, checked_name

NAME, PERSON = _l("Name"), _l("Full name")
"""Labels for the name of a unit and of a person, which are two words in Chinese."""


def stripped(value: str | None) -> str:
    """Return ``value`` without whitespace at its ends; "" for None."""
    return (value or "").strip()


def code_field(description: LazyString) -> StringField:
    """Return the field for the code of a unit or the number of an employee."""
    return StringField(
        _l("Code"),
        [InputRequired(), refused_by(check_code)],
        filters=[stripped],
        description=description,
        render_kw={"autocomplete": "off", "maxlength": 64},
    )


def name_field(
    label: LazyString = NAME, presence: type[InputRequired | Optional] = InputRequired
) -> StringField:
    """Return the field for the name of a unit or a person."""
    return StringField(
        label,
        [presence(), refused_by(checked_name)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )


class FileForm(FlaskForm):
    file = FileField(
        _l("CSV file"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".csv,.txt,text/csv"},
    )
