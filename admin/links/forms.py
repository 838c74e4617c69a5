"""Making links."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length


class LinkForm(FlaskForm):
    place = StringField(
        _l("Code of the service point or region"),
        [InputRequired(_l("Enter a code.")), Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("For a region, every service point in it that has no link yet gets one."),
    )
    employee = StringField(
        _l("Code of the employee"),
        [Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("Only for a link about one employee at the service point."),
    )
    questionnaire = SelectField(_l("Questionnaire"))
