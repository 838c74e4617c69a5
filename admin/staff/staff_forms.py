"""Forms of users."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, Optional

from admin.forms.accounts import new_password_field, username_field
from admin.forms.fields import PERSON, name_field, stripped
from admin.forms.validators import refused_by
from admin.labels import ROLES
from survey.people.phone_numbers import LONGEST, parse


class RoleForm(FlaskForm):
    name = name_field(PERSON)
    role = SelectField(
        _l("Role"), choices=[SelectChoice(value, label) for value, label in ROLES.items()], default="manager"
    )
    destination = StringField(
        _l("Scope"),
        [Optional(), Length(max=64)],
        filters=[stripped],
        description=_l(
            "For a manager: the code of the unit they are responsible for, including all "
            "units below it. For counter staff: the service point where they hand out "
            "rewards."
        ),
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )

    phone = StringField(
        _l("Mobile number"),
        [Optional(), refused_by(parse)],
        filters=[stripped],
        description=_l("This number earns no points. Only a keyed hash is stored, so it is not shown again."),
        render_kw={"autocomplete": "off", "inputmode": "tel", "maxlength": LONGEST},
    )


class EditStaffForm(RoleForm):
    forget_phone = BooleanField(_l("Delete the stored number"))


class NewStaffForm(RoleForm):
    username = username_field()
    password = new_password_field(_l("Password"))


class ResetPasswordForm(FlaskForm):
    password = new_password_field(_l("Password"))
