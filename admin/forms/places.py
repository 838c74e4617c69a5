"""Places: what may be typed about them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from admin.wording import KINDS
from survey.places.rules.naming import check_code, checked_name

from .refusing import refused_by


def stripped(value: str | None) -> str:
    return (value or "").strip()


is_code = refused_by(check_code)
is_name = refused_by(checked_name)


class PlaceForm(FlaskForm):
    """The names of a place."""

    code = StringField(
        _l("Code"),
        [InputRequired(), is_code],
        filters=[stripped],
        description=_l("Identifies the place in files and addresses, for example HY-E-001."),
        render_kw={"autocomplete": "off", "maxlength": 64},
    )
    name = StringField(
        _l("Name"),
        [InputRequired(), is_name],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )
    name_en = StringField(
        _l("English name"),
        [Optional(), is_name],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )


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
