"""Choosing a report: a questionnaire, a month, a language, a format."""

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
    class Meta:
        csrf = False  # it only asks

    questionnaire = SelectField(_l("Questionnaire"))
    month = MonthField(_l("Month"))
    today: date
    language = SelectField(
        _l("Language of the report"), choices=[SelectChoice(*one) for one in LANGUAGES.items()]
    )
    weighted = BooleanField(_l("Weight by customer count"))
    form = SelectField(_l("Format"), choices=[SelectChoice(*one) for one in FORMATS.items()], name="format")

    @classmethod
    def of(
        cls, asked: MultiDict[str, str], questionnaires: Sequence[tuple[str, str]], today: date, language: str
    ) -> "ReportForm":
        """As asked for; otherwise the first questionnaire and the last month, in the language of the page."""
        wishes: MultiDict[str, Any] = MultiDict(asked)
        wishes.setdefault("month", f"{months_before(today, 1):%Y-%m}")
        wishes.setdefault("language", language)
        wishes.setdefault("format", "pdf")
        if questionnaires:
            wishes.setdefault("questionnaire", questionnaires[0][0])
        form = cls(formdata=wishes)
        form.questionnaire.choices = [SelectChoice(*one) for one in questionnaires]
        form.today = today
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        valid = bool(super().validate(extra_validators))
        month = self.month.data
        if month is None or not EARLIEST <= month <= self.today:
            self.month.errors = [_("Enter a month from 2000 to now, such as 2026-10.")]
            return False
        return valid
