"""Fields of an account: its username and a password that somebody chooses."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from admin.forms.fields import stripped
from admin.forms.validators import refused_by
from survey.people.rules import LONGEST_USERNAME, check_password, check_username


def username_field(autocomplete: str = "off") -> StringField:
    """Return the field for the username of a new account.

    ``autocomplete`` is "username" when users create their own account, so that browsers remember the name.
    """
    return StringField(
        _l("Username"),
        [InputRequired(), refused_by(check_username)],
        filters=[stripped],
        render_kw={"autocomplete": autocomplete, "autocapitalize": "none", "maxlength": LONGEST_USERNAME},
    )


def new_password_field(label: LazyString) -> PasswordField:
    """Return the field for a new password."""
    return PasswordField(
        label,
        [InputRequired(), refused_by(check_password)],
        description=_l("At least 10 characters. A few unrelated words work well."),
        render_kw={"autocomplete": "new-password"},
    )
