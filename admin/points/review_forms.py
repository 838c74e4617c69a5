"""The form that decides on points under review."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from admin.forms.fields import stripped
from survey.rewards.reviewing import LONGEST_REASON

MOST = 200
"""The most reviews that are decided at once."""
DIGITS = 9


def _number(typed: str) -> int:
    """Return the number of a review. Raises ValueError for anything else than digits."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= DIGITS):
        raise ValueError(typed)
    return int(typed)


class ReviewForm(FlaskForm):
    chosen = SelectMultipleField(
        _l("Points"),
        [InputRequired(_l("Select the points to decide on.")), Length(max=MOST)],
        coerce=_number,
        validate_choice=False,
    )
    reason = StringField(
        lazy_pgettext("typed", "Reason"),
        [Length(max=LONGEST_REASON)],
        filters=[stripped],
        description=_l("Required when voiding. Visible to everyone who can see this page."),
        render_kw={"maxlength": LONGEST_REASON, "autocomplete": "off"},
    )
