"""Making links and changing what they earn."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from survey.invitations.rules import MOST_POINTS


def _points() -> IntegerField:
    return IntegerField(
        _l("Points for each response"),
        [
            InputRequired(_l("Enter a number, 0 for none.")),
            NumberRange(0, MOST_POINTS, _l("From 0 to 10000.")),
        ],
        default=0,
        render_kw={"inputmode": "numeric"},
    )


def _campaign() -> StringField:
    return StringField(
        _l("Campaign"), [Length(max=64)], filters=[lambda text: (text or "").strip()], default=""
    )


class TermsForm(FlaskForm):
    points = _points()
    campaign = _campaign()


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
    points = _points()
    campaign = _campaign()
