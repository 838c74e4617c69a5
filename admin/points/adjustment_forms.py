"""The forms that request an adjustment or its reversal."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, ValidationError

from admin.forms.numbers import WholeField
from survey.rewards.adjusting import LONGEST_REASON, MOST

from .campaign_forms import stripped

AMOUNT = _l("Enter a whole number of points from −1,000,000 to 1,000,000, other than 0.")


def reason_field() -> TextAreaField:
    return TextAreaField(
        lazy_pgettext("typed", "Reason"),
        [InputRequired(_l("Enter a reason of at most 500 characters.")), Length(max=LONGEST_REASON)],
        filters=[stripped],
        description=_l("For the approver and the auditor. Do not enter names or phone numbers."),
        render_kw={"maxlength": LONGEST_REASON, "rows": 3},
    )


class AdjustmentForm(FlaskForm):
    wallet = StringField(
        _l("Wallet number"),
        [InputRequired(_l("Enter the wallet number shown on the customer’s points page.")), Length(max=20)],
        filters=[stripped],
        description=_l("Ten digits, shown on the customer’s points page."),
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    campaign = SelectField(_l("Campaign"))
    points = WholeField(
        _l("Points"),
        [InputRequired(AMOUNT), NumberRange(-MOST, MOST, AMOUNT)],
        description=_l("Points to add; with a minus sign: points to remove."),
        render_kw={"inputmode": "text"},  # numeric keyboards have no minus sign
    )
    reason = reason_field()

    def validate_points(self, field: WholeField) -> None:
        if field.data == 0:
            raise ValidationError(AMOUNT)

    def offer(self, campaigns: Sequence[tuple[str, str]]) -> None:
        """Offer the choice of ``campaigns``, which are (id, title)."""
        self.campaign.choices = [SelectChoice(*choice) for choice in campaigns]


class ReversalForm(FlaskForm):
    reason = reason_field()
