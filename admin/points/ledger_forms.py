"""The forms that filter the journal and choose the month of a statement."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, MonthField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from admin.forms.dates import check_year
from survey.rewards.queries.journal import TransferFilter

FORMATS = {"pdf": _l("PDF"), "xlsx": _l("Excel (XLSX)")}


class JournalForm(FlaskForm):
    class Meta:
        csrf = False  # a form sent by GET changes nothing

    first = DateField(_l("Start date"), [Optional(), check_year], name="from")
    last = DateField(_l("End date"), [Optional(), check_year], name="to")
    reason = SelectField(_l("Reason"), choices=[])
    campaign = SelectField(_l("Campaign"), choices=[])

    @classmethod
    def of(
        cls,
        arguments: MultiDict[str, str],
        reasons: Sequence[tuple[str, str]],
        campaigns: Sequence[tuple[str, str]],
    ) -> "JournalForm":
        form = cls(formdata=arguments)
        every = SelectChoice("", _l("All"))
        form.reason.choices = [every, *(SelectChoice(*choice) for choice in reasons)]
        form.campaign.choices = [every, *(SelectChoice(*choice) for choice in campaigns)]
        for field in (form.reason, form.campaign):
            field.data = field.data or ""
        for field in (form.first, form.last):
            field.flags.optional = False  # obvious in a filter
        return form

    def validate_last(self, field: DateField) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("Must not be before the start date."))

    def transfer_filter(self) -> TransferFilter:
        """Return the filter that was entered. The form must be valid."""
        campaign = int(self.campaign.data) if self.campaign.data else None
        return TransferFilter(self.first.data, self.last.data, self.reason.data or None, campaign)


class StatementForm(FlaskForm):
    class Meta:
        csrf = False  # a form sent by GET changes nothing

    month = MonthField(_l("Month"), [InputRequired(_l("Enter a month such as 2026-11.")), check_year])

    @classmethod
    def of(cls, arguments: MultiDict[str, str], month: date) -> "StatementForm":
        """Return the form with the requested month, by default ``month``."""
        wishes: MultiDict[str, Any] = MultiDict(arguments)
        wishes.setdefault("month", f"{month:%Y-%m}")
        return cls(formdata=wishes)
