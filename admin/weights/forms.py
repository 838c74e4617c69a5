"""The form of a file of known totals and the month from which they are effective."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import MonthField
from wtforms.validators import InputRequired, ValidationError

from admin.forms.fields import FileForm

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 1)


class TotalsForm(FileForm):
    """The form that uploads totals and chooses the month from which they are effective."""

    month = MonthField(
        _l("Effective from"), [InputRequired(_l("Enter a month."))], render_kw={"placeholder": "2026-11"}
    )

    def validate_month(self, field: MonthField) -> None:
        if field.data is None or not EARLIEST <= field.data <= LATEST:
            raise ValidationError(_l("Enter a month from 2000 to 2100."))
