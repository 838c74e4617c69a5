"""Forms of places."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from admin.forms.fields import code_field, name_field, stripped
from admin.labels import KINDS


class PlaceDetailsForm(FlaskForm):
    """The names of a place."""

    code = code_field(_l("Identifies the unit in files and addresses, for example HY-E-001."))
    name = name_field()
    name_en = name_field(_l("English name"), Optional)


class NewPlaceForm(PlaceDetailsForm):
    kind = SelectField(
        _l("Type"), choices=[SelectChoice(value, label) for value, label in KINDS.items()], default="point"
    )


class DestinationForm(FlaskForm):
    """The destination of a move. The page suggests codes; any other code can be entered."""

    destination = StringField(
        _l("Parent unit code"),
        [InputRequired()],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )
