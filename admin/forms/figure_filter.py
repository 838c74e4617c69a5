"""Choosing what the pages of indexes are about: a questionnaire and a period."""

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

LONGEST = timedelta(3660)  # a period of one's own, so that a page stays a page
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
    class Meta:
        csrf = False  # it only asks

    at = SelectField(_l("Unit"), choices=[], validate_choice=False)
    questionnaire = SelectField(_l("Questionnaire"))
    period = SelectField(_l("Period"), choices=[SelectChoice(*one) for one in PERIODS.items()])
    channel = SelectField(_l("Channel"), choices=[])
    language = SelectField(_l("Language"), choices=[])
    care = SelectField(_l("Flagged responses"), choices=[SelectChoice(*one) for one in CARE.items()])
    weights = SelectField(_l("Weighting method"), choices=[SelectChoice(*one) for one in WEIGHTS.items()])
    first = DateField(_l("Start date"), [Optional()], name="from")
    last = DateField(_l("End date"), [Optional()], name="to")

    @classmethod
    def of(cls, arguments: MultiDict[str, str], questionnaires: Sequence[tuple[str, str]]) -> "FilterForm":
        """The form as asked for; what was not asked for is the first questionnaire and the last 3 months."""
        wishes: MultiDict[str, Any] = MultiDict(arguments)
        if not wishes.get("questionnaire") and questionnaires:
            wishes["questionnaire"] = questionnaires[0][0]
        if not wishes.get("period"):
            wishes["period"] = "custom" if wishes.get("from") or wishes.get("to") else "3-months"
        form = cls(formdata=wishes)
        form.questionnaire.choices = [SelectChoice(*one) for one in questionnaires]
        for field in (form.first, form.last):
            field.flags.optional = False  # neither is, for other dates
        return form

    def offer_places(self, places: Sequence[tuple[str, str]], current: str) -> None:
        """Lets another place, (code, name) each, be looked at with the same filters; "" is this one."""
        self.at.choices = [SelectChoice("" if code == current else code, name) for code, name in places]
        self.at.data = ""

    def offer_parts(self, channels: Sequence[tuple[str, str]], languages: Sequence[tuple[str, str]]) -> None:
        """Lets only those be looked at who answered by one of ``channels`` and in one of ``languages``,
        (code, name) each; "" is all of them."""
        for field, offered in ((self.channel, channels), (self.language, languages)):
            field.choices = [SelectChoice("", str(_("All"))), *(SelectChoice(*one) for one in offered)]
            field.data = field.data or ""
        self.care.data = self.care.data or ""
        self.weights.data = self.weights.data or ""

    def said(self) -> list[str]:
        """In words: the questionnaire, where there are several, the period, and what narrows the figures."""
        asked = [self.questionnaire, self.period] if len(self.questionnaire.choices) > 1 else [self.period]
        narrowing = narrowed(self.channel, self.language, self.care, self.weights)
        return [*(chosen(field) for field in asked), *narrowing]

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

    def chosen(self, today: date) -> Period:
        """The period chosen. The months of the last ones are whole, so that they need no days."""
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


def chosen(field: SelectField) -> str:
    """In words; as asked for, where that is none of the choices."""
    return next((str(one.label) for one in field.choices if one.value == field.data), str(field.data))


def narrowed(*fields: SelectField) -> list[str]:
    """What those of the fields say that leave somebody out."""
    narrowing = (one for one in fields if one.data and one.choices)
    return [str(_("%(label)s: %(chosen)s", label=one.label.text, chosen=chosen(one))) for one in narrowing]
