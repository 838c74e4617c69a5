"""One's own account."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from admin.forms.validators import refused_by
from survey.people.rules import LONGEST_PASSWORD, check_password


class PasswordForm(FlaskForm):
    current = PasswordField(
        _l("Current password"),
        [InputRequired(), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(), refused_by(check_password)],
        description=_l("At least 10 characters. A few words that mean nothing together are good."),
        render_kw={"autocomplete": "new-password"},
    )
