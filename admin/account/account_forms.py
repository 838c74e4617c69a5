"""The form to change one's own password."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from admin.forms.accounts import new_password_field
from survey.people.rules import LONGEST_PASSWORD


class OwnPasswordForm(FlaskForm):
    current = PasswordField(
        _l("Current password"),
        [InputRequired(), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    new = new_password_field(_l("New password"))
