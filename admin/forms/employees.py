"""Employees: what may be typed about them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from .places import is_code, is_name, stripped


class EmployeeForm(FlaskForm):
    code = StringField(
        _l("Code"),
        [InputRequired(), is_code],
        filters=[stripped],
        description=_l("The number on the badge, for example E-1024."),
        render_kw={"autocomplete": "off", "maxlength": 64},
    )
    name = StringField(
        _l("Name"),
        [InputRequired(), is_name],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )
