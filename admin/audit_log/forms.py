"""The form that filters the lines of the audit log."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import Optional

from admin.forms.dates import check_year


class AuditForm(FlaskForm):
    class Meta:
        csrf = False  # the form changes nothing

    person = SelectField(lazy_pgettext("audit log", "User"))
    act = SelectField(_l("Action"))
    day = DateField(_l("Day"), [Optional(), check_year])

    def offer(self, people: Sequence[tuple[str, str]], acts: Sequence[tuple[str, str]]) -> None:
        for field, choices in ((self.person, people), (self.act, acts)):
            field.choices = [SelectChoice("", _l("All")), *(SelectChoice(*choice) for choice in choices)]
            field.data = field.data or ""
        self.day.flags.optional = False  # a filter need not be marked as optional
