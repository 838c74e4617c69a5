"""The form of a campaign: its terms, and rows of what a response earns by questionnaire and channel."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, FieldList, Form, FormField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from admin.forms.fields import stripped
from admin.forms.numbers import WholeField
from admin.labels.channels import CHANNELS, LIVE
from survey.rewards.campaigns import MONTHS, MOST_BUDGET, VESTING, CampaignTerms
from survey.rewards.models.campaigns import Campaign
from survey.rewards.rules.offers import MOST_POINTS, PayingRate

MOST_RATES = 50
CHANNEL_CHOICES = [(code, CHANNELS[code]) for code in LIVE]
DATE = _l("Enter a date such as 2026-11-30.")
Choices = Sequence[tuple[str, str]]


class RateForm(Form):
    """A row of the form; a row without points is left out."""

    questionnaire = SelectField(_l("Questionnaire"))
    channel = SelectField(
        _l("Channel"),
        choices=[
            SelectChoice("", _l("Every channel")),
            *(SelectChoice(*choice) for choice in CHANNEL_CHOICES),
        ],
    )
    points = WholeField(
        _l("Points per response"),
        [Optional(), NumberRange(1, MOST_POINTS, _l("Points per response must be 1 to 10,000."))],
    )


class CampaignForm(FlaskForm):
    title_zh = StringField(_l("Name in Chinese"), [Length(max=100)], filters=[stripped])
    title_en = StringField(_l("Name in English"), [Length(max=100)], filters=[stripped])
    starts_on = DateField(_l("Start date"), [InputRequired(DATE)])
    ends_on = DateField(_l("End date"), [InputRequired(DATE)])
    budget = WholeField(
        _l("Budget"),
        [
            InputRequired(_l("Enter a whole number of points.")),
            NumberRange(1, MOST_BUDGET, _l("The budget must be 1 to 2,000,000,000 points.")),
        ],
        description=_l(
            "Total points that can be earned. When they are used up, the survey pages say so at once."
        ),
    )
    daily_cap = WholeField(
        _l("Daily limit per wallet (points)"),
        [Optional(), NumberRange(1, MOST_BUDGET, _l("Must be at least 1."))],
        description=_l("Leave empty for no limit."),
    )
    valid_months = WholeField(
        _l("Validity in months"),
        [InputRequired(_l("Enter a whole number of months.")),
         NumberRange(MONTHS[0], MONTHS[-1], _l("Validity must be 1 to 120 months."))],
        description=_l("Points expire at the end of the month, this many months after they were claimed."),
    )  # fmt: skip
    vesting_days = WholeField(
        _l("Review period (days)"),
        [InputRequired(_l("Enter a whole number of days.")),
         NumberRange(VESTING[0], VESTING[-1], _l("The review period must be 1 to 365 days."))],
        description=_l("How long points wait for a review; after that they are released to the customer."),
    )  # fmt: skip
    rates = FieldList(FormField(RateForm), max_entries=MOST_RATES + 1)

    def validate_title_zh(self, field: StringField) -> None:
        if not (field.data or self.title_en.data):
            raise ValidationError(_l("Enter a name for the campaign."))

    @classmethod
    def of(cls, questionnaires: Choices, campaign: Campaign | None, more: bool) -> "CampaignForm":
        """Return the form with what was sent, else with the campaign's values; with an empty row when
        ``more`` rows are wanted. ``questionnaires`` are the choices, (id, title)."""
        form = (
            cls(**_field_values(campaign)) if campaign is not None else cls(valid_months=12, vesting_days=14)
        )
        if more or not form.is_submitted():
            form.add_row()
        for row in form.rows:
            row.questionnaire.choices = [
                SelectChoice("", _l("Every questionnaire")), *(SelectChoice(*pair) for pair in questionnaires)
            ]  # fmt: skip
        return form

    @property
    def rows(self) -> list[RateForm]:
        return [entry.form for entry in self.rates]

    def add_row(self) -> None:
        if len(self.rates) < MOST_RATES:
            self.rates.append_entry()

    def terms(self) -> CampaignTerms:
        """Return the terms that were entered. The form must be valid."""
        texts = {"zh": self.title_zh.data or "", "en": self.title_en.data or ""}
        return CampaignTerms(
            title={language: text for language, text in texts.items() if text},
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            budget=self.budget.data or 0,
            daily_cap=self.daily_cap.data,
            valid_months=self.valid_months.data or 0,
            vesting_days=self.vesting_days.data or 0,
            rates=tuple(
                PayingRate(
                    int(row.questionnaire.data) if row.questionnaire.data else None,
                    row.channel.data,
                    row.points.data,
                )
                for row in self.rows
                if row.points.data is not None
            ),
        )


def _field_values(campaign: Campaign) -> dict[str, Any]:
    names = ("starts_on", "ends_on", "budget", "daily_cap", "valid_months", "vesting_days")
    rates = [
        {"questionnaire": str(rate.questionnaire_id or ""), "channel": rate.channel, "points": rate.points}
        for rate in campaign.rates
    ]
    titles = {f"title_{language}": campaign.title.get(language, "") for language in ("zh", "en")}
    return {name: getattr(campaign, name) for name in names} | titles | {"rates": rates}
