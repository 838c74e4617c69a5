"""The form that chooses with which responses a page of figures is compared."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import Optional

from admin.forms.figure_filter import CARE, EARLIEST, LATEST, chosen_label, describe_filters
from survey.periods import Period
from survey.tallies.rules.parts import Common

PERIODS = {
    "before": _l("Previous period"),
    "year": _l("Same dates last year"),
    "same": _l("Same period"),
    "custom": _l("Custom dates"),
}


class ComparisonForm(FlaskForm):
    """The form of the reference group: its period, unit, channel, language and care."""

    class Meta:
        csrf = False  # the form changes nothing

    with_period = SelectField(_l("Period"), choices=[SelectChoice(*item) for item in PERIODS.items()])
    with_first = DateField(_l("Start date"), [Optional()], name="with_from")
    with_last = DateField(_l("End date"), [Optional()], name="with_to")
    with_place = SelectField(_l("Unit"), choices=[])
    with_channel = SelectField(_l("Channel"), choices=[])
    with_language = SelectField(_l("Language"), choices=[])
    with_care = SelectField(_l("Flagged responses"), choices=[SelectChoice(*item) for item in CARE.items()])

    @classmethod
    def of(
        cls,
        arguments: MultiDict[str, str],
        places: Sequence[tuple[str, str]],
        channels: Sequence[tuple[str, str]],
        languages: Sequence[tuple[str, str]],
        only: Common,
    ) -> "ComparisonForm":
        """Return the form with the arguments of the request; the default is the previous period of the same
        place (""), channel, language and care."""
        values: MultiDict[str, Any] = MultiDict(arguments)
        if not values.get("with_period"):
            values["with_period"] = "same" if values.get("with_place") else "before"
        values.setdefault("with_place", "")
        values.setdefault("with_channel", only.channel)
        values.setdefault("with_language", only.language)
        values.setdefault("with_care", only.care)
        form = cls(formdata=values)
        for field in (form.with_first, form.with_last):
            field.flags.optional = False  # the label “optional” would be obvious in a filter
        form.with_place.choices = [SelectChoice(*item) for item in places]
        for field, offered in ((form.with_channel, channels), (form.with_language, languages)):
            field.choices = [SelectChoice("", str(_("All"))), *(SelectChoice(*item) for item in offered)]
        return form

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        first, last = self.with_first.data, self.with_last.data
        problem = None
        if self.with_period.data == "custom":
            if first is None or last is None:
                problem = _("Enter both dates.")
            elif last < first:
                problem = _("The end date is before the start date.")
            elif first < EARLIEST or last > LATEST:
                problem = _("At most ten years can be shown at once, between 2000 and 2100.")
        if problem:
            self.with_last.errors = [str(problem)]
        return problem is None

    def description(self) -> list[str]:
        """Return the reference group in words, without its period."""
        place = [chosen_label(self.with_place)] if self.with_place.data else []
        return place + describe_filters(self.with_channel, self.with_language, self.with_care)

    @property
    def only(self) -> Common:
        """Return the channel, language and care of the reference group."""
        return Common(self.with_channel.data or "", self.with_language.data or "", self.with_care.data or "")

    def reference_period(self, period: Period) -> Period:
        """Return the period with which ``period`` is compared."""
        if self.with_period.data == "custom" and self.with_first.data and self.with_last.data:
            return Period(self.with_first.data, self.with_last.data)
        if self.with_period.data == "year":
            return Period(_year_before(period.first), _year_before(period.last))
        return period if self.with_period.data == "same" else period.before()


def _year_before(day: date) -> date:
    """Return the same day of the year before; for the last day of February, its last day of the year
    before."""
    ends_month = day.month == 2 and (day + date.resolution).month == 3
    result = day.replace(year=day.year - 1, day=28) if ends_month else day.replace(year=day.year - 1)
    next_day = result + date.resolution
    return next_day if ends_month and next_day.month == 2 else result
