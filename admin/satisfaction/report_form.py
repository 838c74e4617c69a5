"""The form that chooses a report by questionnaire, month, language and format."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, MonthField, SelectChoice, SelectField

from survey.periods import months_before

EARLIEST = date(2000, 1, 1)
FORMATS = {"pdf": _l("PDF, to read and print"), "xlsx": _l("Excel (XLSX), for further analysis")}
LANGUAGES = {"zh": "中文", "en": "English"}


class ReportForm(FlaskForm):
    """The form that chooses a monthly report."""

    class Meta:
        csrf = False  # the form changes nothing

    questionnaire = SelectField(_l("Questionnaire"))
    month = MonthField(_l("Month"))
    today: date
    language = SelectField(
        _l("Language of the report"), choices=[SelectChoice(*item) for item in LANGUAGES.items()]
    )
    weighted = BooleanField(_l("Weight by customer count"))
    form = SelectField(_l("Format"), choices=[SelectChoice(*item) for item in FORMATS.items()], name="format")

    @classmethod
    def of(
        cls,
        arguments: MultiDict[str, str],
        questionnaires: Sequence[tuple[str, str]],
        today: date,
        language: str,
    ) -> "ReportForm":
        """Return the form with the arguments of the request; the default is the first questionnaire and the
        previous month, in the language of the page."""
        values: MultiDict[str, Any] = MultiDict(arguments)
        values.setdefault("month", f"{months_before(today, 1):%Y-%m}")
        values.setdefault("language", language)
        values.setdefault("format", "pdf")
        if questionnaires:
            values.setdefault("questionnaire", questionnaires[0][0])
        form = cls(formdata=values)
        form.questionnaire.choices = [SelectChoice(*item) for item in questionnaires]
        form.today = today
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        month = self.month.data
        if month is None or not EARLIEST <= month <= self.today:
            self.month.errors = [_("Enter a month from 2000 to now, such as 2026-10.")]
            return False
        return valid
