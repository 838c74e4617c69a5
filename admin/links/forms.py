"""The form of new links."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length


class LinkForm(FlaskForm):
    place = StringField(
        _l("Service point or region code"),
        [InputRequired(_l("Enter a code.")), Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("For a region, every service point in it without a link gets one."),
    )
    employee = StringField(
        _l("Employee number"),
        [Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("Only for a link about one employee of the service point."),
    )
    questionnaire = SelectField(_l("Questionnaire"))
