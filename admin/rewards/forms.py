"""Forms of rewards. Amounts are entered in yuan and stored in fen."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, DecimalField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from admin.forms.fields import stripped
from admin.forms.numbers import WholeField
from survey.rewards.models.catalogue import Reward
from survey.rewards.rules.rewarding import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    MOST,
    MOST_POINTS,
    NUMBERED,
    RewardTerms,
)

DAY = _l("Enter a date such as 2026-11-30.")
MONEY = {"inputmode": "decimal"}
YUAN = NumberRange(Decimal("0"), Decimal("1000000"), _l("0 to 1,000,000 yuan."))


def _text(label: LazyString, needed: bool = False) -> StringField:
    presence = InputRequired(_l("Enter a name.")) if needed else Optional()
    return StringField(
        label,
        [presence, Length(max=LONGEST_TITLE)],
        filters=[stripped],
        render_kw={"autocomplete": "off", "maxlength": LONGEST_TITLE},
    )


def _description(label: LazyString) -> TextAreaField:
    return TextAreaField(
        label,
        [Optional(), Length(max=LONGEST_DESCRIPTION)],
        filters=[stripped],
        render_kw={"rows": 3, "maxlength": LONGEST_DESCRIPTION},
    )


def _number(
    label: LazyString, least: int, most: int, about: LazyString | str = "", needed: bool = False
) -> WholeField:
    text = _l("A whole number from %(least)s to %(most)s.", least=least, most=f"{most:,}")
    presence = InputRequired(text) if needed else Optional()
    return WholeField(label, [presence, NumberRange(least, most, text)], description=about)


def _yuan(label: LazyString, about: LazyString | str = "") -> DecimalField:
    return DecimalField(label, [Optional(), YUAN], places=2, description=about, render_kw=MONEY)


class RewardForm(FlaskForm):
    """The form of a reward; reward_form() removes the fields that a kind of reward does not have."""

    title_zh = _text(_l("Chinese name"), needed=True)
    title_en = _text(_l("English name"))
    description_zh = _description(_l("Description in Chinese"))
    description_en = _description(_l("Description in English"))
    amount_off = _yuan(_l("Amount off (yuan)"), _l("Enter either an amount or a percentage."))
    percent_off = _number(
        _l("Percentage off"), 1, 100, _l("20 takes off one fifth: the customer pays 80 instead of 100.")
    )
    minimum_spend = _yuan(_l("Minimum spend (yuan)"), _l("Leave empty for no minimum."))
    price = _number(_l("Price in points"), 1, MOST_POINTS, needed=True)
    remaining = _number(_l("Number left"), 0, MOST, _l("Leave empty for no limit."))
    seen = HiddenField()
    starts_on = DateField(_l("Available from"), [InputRequired(DAY)])
    ends_on = DateField(
        _l("Available until"), [Optional()], description=_l("Leave empty to offer it until it is withdrawn.")
    )
    hold_days = _number(_l("Validity after redemption (days)"), 1, 365, needed=True)
    per_wallet = _number(_l("Limit per wallet"), 1, MOST, _l("Leave empty for no limit."))
    place = StringField(
        _l("Code of the unit where it is valid"),
        [Optional(), Length(max=64)],
        filters=[stripped],
        description=_l("Includes all units below it. Leave empty for everywhere."),
        render_kw={"autocomplete": "off", "maxlength": 64, "list": "destinations"},
    )

    @property
    def visible_fields(self) -> list[Field]:
        """Return the visible fields, in order."""
        return [field for field in self if field.type not in ("HiddenField", "CSRFTokenField")]

    def value(self, name: str) -> object:
        """Return the value of a field, None where the kind of reward does not have it."""
        return self[name].data if name in self else None

    def terms(self, place_id: int | None) -> RewardTerms:
        return RewardTerms(
            title={"zh": self.title_zh.data, "en": self.title_en.data},
            description={"zh": self.description_zh.data, "en": self.description_en.data},
            price=self.price.data or 0,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            per_wallet=self.per_wallet.data,
            remaining=self.value("remaining"),  # type: ignore[arg-type]
            place_id=place_id,
            hold_days=self.hold_days.data or 0,
            amount_off=fen(self.value("amount_off")),
            percent_off=self.value("percent_off"),  # type: ignore[arg-type]
            minimum_spend=fen(self.value("minimum_spend")),
        )


def reward_form(kind: str, values: Mapping[str, object]) -> RewardForm:
    """Return the form for a kind of reward with initial ``values``."""
    form = RewardForm(data=values)
    if kind not in NUMBERED:
        del form.remaining, form.seen
    if kind != "discount":
        del form.amount_off, form.percent_off, form.minimum_spend
    return form


def values_of(reward: Reward) -> dict[str, object]:
    """Return the initial values of the form for an existing reward."""
    texts = {
        f"{name}_{language}": getattr(reward, name).get(language, "")
        for name in ("title", "description")
        for language in ("zh", "en")
    }
    same = ("percent_off", "price", "remaining", "starts_on", "ends_on", "hold_days", "per_wallet")
    return texts | {
        **{name: getattr(reward, name) for name in same},
        "amount_off": yuan(reward.amount_off),
        "minimum_spend": yuan(reward.minimum_spend),
        "seen": "" if reward.remaining is None else str(reward.remaining),
        "place": reward.place.code if reward.place else "",
    }


def fen(value: object) -> int | None:
    return None if value is None else int((Decimal(str(value)) * 100).to_integral_value())


def yuan(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value) / 100


class PictureForm(FlaskForm):
    file = FileField(
        _l("Picture"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
