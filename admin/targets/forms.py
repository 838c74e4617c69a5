"""The form that sets targets, and the form that chooses which to show."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FloatField, IntegerField, MonthField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

NamedChoices = Sequence[tuple[str, str]]
YEARS = NumberRange(2000, 2100)


class TargetForm(FlaskForm):
    """The form that sets a target for a unit and a range of months."""

    place = StringField(
        _l("Unit code"),
        [InputRequired(_l("Enter a code.")), Length(max=64)],
        filters=[lambda text: (text or "").strip()],
        description=_l("Units below it use this target unless they have their own."),
    )
    questionnaire = SelectField(_l("Questionnaire"))
    figure = SelectField(_l("Metric"))
    first = MonthField(_l("From month"), [InputRequired(_l("Enter a month such as 2026-11."))])
    last = MonthField(_l("Until month"), [InputRequired(_l("Enter a month such as 2026-11."))])
    value = FloatField(
        _l("Target"),
        [Optional()],
        description=_l("0 to 100; for NPS −100 to 100. Leave empty to remove the targets of these months."),
        render_kw={"inputmode": "decimal"},
    )

    def offer(self, questionnaires: NamedChoices, figures: NamedChoices) -> None:
        """Offer these questionnaires, (slug, title) each, and figures, (name, text) each."""
        self.questionnaire.choices = [SelectChoice(*choice) for choice in questionnaires]
        self.figure.choices = [SelectChoice(*choice) for choice in figures]


class TargetReviewForm(FlaskForm):
    """The form that chooses the questionnaire, figure and year of a review of targets."""

    class Meta:
        csrf = False  # the form changes nothing

    questionnaire = SelectField(_l("Questionnaire"))
    figure = SelectField(_l("Metric"))
    year = IntegerField(_l("Year"), [YEARS])

    @classmethod
    def of(
        cls, arguments: MultiDict[str, str], year: int, questionnaires: NamedChoices, figures: NamedChoices
    ) -> "TargetReviewForm":
        """Return the form with the arguments of the request; the defaults are the first questionnaire, the
        first figure and ``year``."""
        wishes: MultiDict[str, Any] = MultiDict(arguments)
        wishes.setdefault("year", str(year))
        for name, choices in (("questionnaire", questionnaires), ("figure", figures)):
            if choices:
                wishes.setdefault(name, choices[0][0])
        form = cls(formdata=wishes)
        form.questionnaire.choices = [SelectChoice(*choice) for choice in questionnaires]
        form.figure.choices = [SelectChoice(*choice) for choice in figures]
        return form
