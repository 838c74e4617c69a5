"""The form in which counter staff choose the service point where they work."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from admin.forms.fields import stripped


class ServicePointForm(FlaskForm):
    place = StringField(
        _l("Service point code"),
        [InputRequired(_l("Enter a code.")), Length(max=64)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )
