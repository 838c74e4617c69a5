"""Staff: what may be typed about them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from admin.forms.validators import refused_by
from admin.labels import ROLES
from admin.places.place_forms import PERSON, name_field, stripped
from survey.people.phone_numbers import LONGEST, parse
from survey.people.rules import LONGEST_USERNAME, check_password, check_username


def password_field() -> PasswordField:
    return PasswordField(
        _l("Password"),
        [InputRequired(), refused_by(check_password)],
        description=_l("At least 10 characters. A few words that mean nothing together are good."),
        render_kw={"autocomplete": "new-password"},
    )


class RoleForm(FlaskForm):
    name = name_field(PERSON)
    role = SelectField(
        _l("Role"), choices=[SelectChoice(value, label) for value, label in ROLES.items()], default="manager"
    )
    destination = StringField(
        _l("Part of the organisation"),
        [Optional(), Length(max=64)],
        filters=[stripped],
        description=_l(
            "For a manager: the code of the place she answers for, with all below it."
            " For a counter: where rewards are handed out."
        ),
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )

    phone = StringField(
        _l("Mobile number"),
        [Optional(), refused_by(parse)],
        filters=[stripped],
        description=_l("Earns no points. Only a keyed fingerprint is kept, so it is not shown again."),
        render_kw={"autocomplete": "off", "inputmode": "tel", "maxlength": LONGEST},
    )


class EditStaffForm(RoleForm):
    forget_phone = BooleanField(_l("Forget the number that is kept"))


class NewStaffForm(RoleForm):
    username = StringField(
        _l("User name"),
        [InputRequired(), refused_by(check_username)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "maxlength": LONGEST_USERNAME},
    )
    password = password_field()


class PasswordForm(FlaskForm):
    password = password_field()
