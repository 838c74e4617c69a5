"""The form for the account of the first administrator."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from admin.forms.accounts import new_password_field, username_field
from admin.forms.fields import PERSON, name_field


class FirstAdministratorForm(FlaskForm):
    name = name_field(PERSON)
    username = username_field(autocomplete="username")
    password = new_password_field(_l("Password"))
