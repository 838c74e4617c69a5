"""Which lines of the audit log are shown."""

from collections.abc import Sequence
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import Optional, ValidationError

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class AuditForm(FlaskForm):
    class Meta:
        csrf = False  # it only asks

    person = SelectField(_l("Who"))
    act = SelectField(_l("What"))
    day = DateField(_l("Day"), [Optional()])

    def validate_day(self, field: DateField) -> None:
        if field.data and not EARLIEST <= field.data <= LATEST:
            raise ValidationError(_l("Enter a day like 2026-11-30."))

    def offer(self, people: Sequence[tuple[str, str]], acts: Sequence[tuple[str, str]]) -> None:
        for field, choices in ((self.person, people), (self.act, acts)):
            field.choices = [SelectChoice("", _l("All")), *(SelectChoice(*one) for one in choices)]
            field.data = field.data or ""
