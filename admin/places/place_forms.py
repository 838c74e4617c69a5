"""Places: what may be typed about them."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from admin.forms.validators import refused_by
from admin.labels import KINDS
from survey.places.rules.naming import check_code, checked_name

NAME, PERSON = _l("Name"), _l("Full name")
"""Of a place and of a person: two words in Chinese."""


def stripped(value: str | None) -> str:
    return (value or "").strip()


def code_field(description: LazyString) -> StringField:
    """The code of a place or of an employee."""
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
    """What a place or a person is called."""
    return StringField(
        label,
        [presence(), refused_by(checked_name)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )


class PlaceForm(FlaskForm):
    """The names of a place."""

    code = code_field(_l("Identifies the place in files and addresses, for example HY-E-001."))
    name = name_field()
    name_en = name_field(_l("English name"), Optional)


class NewPlaceForm(PlaceForm):
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(value, label) for value, label in KINDS.items()], default="point"
    )


class DestinationForm(FlaskForm):
    """Where something moves. The page offers codes to choose from; any other may be typed."""

    destination = StringField(
        _l("Code of the place above"),
        [InputRequired()],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )


class FileForm(FlaskForm):
    file = FileField(
        _l("CSV file"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".csv,.txt,text/csv"},
    )
