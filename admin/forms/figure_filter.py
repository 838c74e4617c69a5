"""The form that filters pages of figures by questionnaire, period, channel, language and care."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectChoice, SelectField
from wtforms.validators import Optional

from survey.periods import Period, month, months_before, next_month
from survey.tallies.rules.parts import FLAGGED, UNFLAGGED, Common

# The longest period of custom dates; a trend over more months would not fit on a page.
LONGEST = timedelta(3660)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
PERIODS = {
    "day": _l("Today"),
    "week": _l("Last 7 days"),
    "month": _l("This month"),
    "last-month": _l("Last month"),
    "3-months": _l("Last 3 months"),
    "12-months": _l("Last 12 months"),
    "year": _l("This year"),
    "custom": _l("Custom dates"),
}


CARE = {
    "": _l("Included"),
    UNFLAGGED: _l("Excluded"),
    FLAGGED: _l("Only flagged"),
}


CUSTOMERS = "customers"
WEIGHTS = {"": _l("Unweighted"), CUSTOMERS: _l("By customer count")}


class FilterForm(FlaskForm):
    """The filters of a page of figures, as its address has them."""

    class Meta:
        csrf = False  # the form changes nothing

    at = SelectField(_l("Unit"), choices=[], validate_choice=False)
    questionnaire = SelectField(_l("Questionnaire"))
    period = SelectField(_l("Period"), choices=[SelectChoice(*choice) for choice in PERIODS.items()])
    channel = SelectField(_l("Channel"), choices=[])
    language = SelectField(_l("Language"), choices=[])
    care = SelectField(_l("Flagged responses"), choices=[SelectChoice(*choice) for choice in CARE.items()])
    weights = SelectField(
        _l("Weighting method"), choices=[SelectChoice(*choice) for choice in WEIGHTS.items()]
    )
    first = DateField(_l("Start date"), [Optional()], name="from")
    last = DateField(_l("End date"), [Optional()], name="to")

    @classmethod
    def of(cls, arguments: MultiDict[str, str], questionnaires: Sequence[tuple[str, str]]) -> "FilterForm":
        """Return the form with the values of the address ``arguments``.

        The defaults are the first of ``questionnaires``, pairs of slug and title, and the last 3 months.
        """
        values: MultiDict[str, Any] = MultiDict(arguments)
        if not values.get("questionnaire") and questionnaires:
            values["questionnaire"] = questionnaires[0][0]
        if not values.get("period"):
            values["period"] = "custom" if values.get("from") or values.get("to") else "3-months"
        form = cls(formdata=values)
        form.questionnaire.choices = [SelectChoice(*choice) for choice in questionnaires]
        for field in (form.first, form.last):
            field.flags.optional = False  # custom dates need both
        return form

    def offer_places(self, places: Sequence[tuple[str, str]], current: str) -> None:
        """Offer other units, pairs of code and name, to show with the same filters; "" is the current one."""
        self.at.choices = [SelectChoice("" if code == current else code, name) for code, name in places]
        self.at.data = ""

    def offer_parts(self, channels: Sequence[tuple[str, str]], languages: Sequence[tuple[str, str]]) -> None:
        """Offer to filter responses by channel and by language, pairs of code and name each; "" is all."""
        for field, choices in ((self.channel, channels), (self.language, languages)):
            field.choices = [SelectChoice("", str(_("All"))), *(SelectChoice(*choice) for choice in choices)]
            field.data = field.data or ""
        self.care.data = self.care.data or ""
        self.weights.data = self.weights.data or ""

    def description(self) -> list[str]:
        """Return the filters in words: the questionnaire if there are several, the period, and the others."""
        fields = [self.questionnaire, self.period] if len(self.questionnaire.choices) > 1 else [self.period]
        filters = describe_filters(self.channel, self.language, self.care, self.weights)
        return [*(chosen_label(field) for field in fields), *filters]

    @property
    def weighted(self) -> bool:
        return bool(self.weights.data == CUSTOMERS)

    @property
    def only(self) -> Common:
        return Common(self.channel.data or "", self.language.data or "", self.care.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        problem = self._problem() if self.period.data == "custom" else None
        if problem:
            self.last.errors = [problem]
        return problem is None

    def _problem(self) -> str | None:
        first, last = self.first.data, self.last.data
        if first is None or last is None:
            return str(_("Enter both dates."))
        if last < first:
            return str(_("The end date is before the start date."))
        if first < EARLIEST or last > LATEST or last - first > LONGEST:
            return str(_("At most ten years can be shown at once, between 2000 and 2100."))
        return None

    def chosen_period(self, today: date) -> Period:
        """Return the period chosen. Periods of months end with a whole month, so that they need no days."""
        end = next_month(today) - date.resolution
        match self.period.data:
            case "custom" if self.first.data and self.last.data:
                return Period(self.first.data, self.last.data)
            case "day":
                return Period(today, today)
            case "week":
                return Period(today - timedelta(6), today)
            case "month":
                return Period(month(today), end)
            case "last-month":
                return Period(months_before(today, 1), month(today) - date.resolution)
            case "year":
                return Period(date(today.year, 1, 1), end)
            case "12-months":
                return Period(months_before(today, 11), end)
        return Period(months_before(today, 2), end)


def chosen_label(field: SelectField) -> str:
    """Return the label of the chosen value; the value itself when it is none of the choices."""
    return next(
        (str(choice.label) for choice in field.choices if choice.value == field.data), str(field.data)
    )


def describe_filters(*fields: SelectField) -> list[str]:
    """Return the label and choice of each field that filters responses, in words."""
    active = (field for field in fields if field.data and field.choices)
    return [
        str(_("%(label)s: %(chosen)s", label=field.label.text, chosen=chosen_label(field)))
        for field in active
    ]
