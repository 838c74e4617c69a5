"""Forms of employees."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from admin.forms.fields import PERSON, code_field, name_field


class EmployeeForm(FlaskForm):
    code = code_field(_l("The number on the badge, for example E-1024."))
    name = name_field(PERSON)
