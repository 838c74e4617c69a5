"""Staff: what may be typed about them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from admin.wording import ROLES
from survey.people.password_change import SHORTEST

from .places import is_name, stripped


def password_field() -> PasswordField:
    return PasswordField(
        _l("Password"),
        [InputRequired(), Length(min=SHORTEST, max=256)],
        description=_l("At least 10 characters. A few words that mean nothing together are good."),
        render_kw={"autocomplete": "new-password"},
    )


class RoleForm(FlaskForm):
    name = StringField(
        _l("Name"),
        [InputRequired(), is_name],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )
    role = SelectField(
        _l("Role"), choices=[SelectChoice(value, label) for value, label in ROLES.items()], default="manager"
    )
    destination = StringField(
        _l("Part of the organisation"),
        [Optional(), Length(max=64)],
        filters=[stripped],
        description=_l("For a manager: the code of the place she answers for, with all below it."),
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )


class NewStaffForm(RoleForm):
    username = StringField(
        _l("User name"),
        [
            InputRequired(),
            Length(max=64),
            Regexp(r"[a-z0-9][a-z0-9._@-]*\Z", message=_l("Use small letters, digits and . _ @ - only.")),
        ],
        filters=[stripped],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "maxlength": 64},
    )
    password = password_field()


class PasswordForm(FlaskForm):
    password = password_field()
