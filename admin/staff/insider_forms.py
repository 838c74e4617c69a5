"""The form of telephone numbers and openids of people who work here."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

LONGEST = 200_000


class InsiderForm(FlaskForm):
    numbers = TextAreaField(
        _l("Mobile numbers"),
        [InputRequired(), Length(max=LONGEST)],
        description=_l("One mobile number or WeChat openid per line. Up to 5,000 lines."),
        render_kw={"rows": 10, "autocomplete": "off", "spellcheck": "false", "inputmode": "tel"},
    )
