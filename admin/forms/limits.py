"""The form of response limits of a link or a questionnaire, with moments in the company's time zone."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateTimeLocalField, Field, IntegerField, StringField
from wtforms.validators import Length, NumberRange, Optional, ValidationError

from admin.local_time import to_local_time, to_utc
from survey.i18n import name_of
from survey.questionnaires.rules.limits import MOST, ResponseLimits

from .dates import check_year

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
LONGEST = 200


def _moment(label: str) -> DateTimeLocalField:
    return DateTimeLocalField(label, [Optional(), check_year], format=FORMATS)


class LimitForm(FlaskForm):
    """A form of response limits. limit_form() adds a field for a text in each language."""

    languages: Sequence[str] = ()
    kept_maximum: int | None = None

    opens_at = _moment(_l("Opens at"))
    closes_at = _moment(_l("Closes at"))
    maximum = IntegerField(
        _l("Maximum responses"),
        [Optional(), NumberRange(1, MOST, _l("Must be at least 1."))],
        description=_l("Counted exactly. Leave empty for no limit."),
        render_kw={"inputmode": "numeric"},
    )
    once_per_device = BooleanField(
        _l("One response per device"),
        description=_l(
            "A weak limit: clearing the browser data or using another device allows another response."
        ),
    )

    def validate_closes_at(self, field: DateTimeLocalField) -> None:
        if field.data and self.opens_at.data and field.data <= self.opens_at.data:
            raise ValidationError(_l("Must be later than the opening."))

    def show(self, limit: ResponseLimits, timezone: str) -> None:
        """Fill in the current limits, with moments in ``timezone``."""
        self.opens_at.data = to_local_time(limit.opens_at, timezone)
        self.closes_at.data = to_local_time(limit.closes_at, timezone)
        if self.maximum is not None:
            self.maximum.data = limit.maximum
        self.once_per_device.data = limit.once_per_device
        for language in self.languages:
            self[f"closed_{language}"].data = (limit.closed_text or {}).get(language, "")

    def keep_maximum(self, limit: ResponseLimits) -> None:
        """Leave the maximum as it is, and do not ask for it.

        Whoever sets a maximum learns from the day on which it is reached how many answered; so only
        administrators do (docs/decisions/0053).
        """
        self.kept_maximum = limit.maximum
        del self.maximum

    def limit(self, timezone: str) -> ResponseLimits:
        """Return the limits that were filled in; moments are read in ``timezone``. The form must be valid."""
        texts = {language: self[f"closed_{language}"].data for language in self.languages}
        return ResponseLimits(
            opens_at=to_utc(self.opens_at.data, timezone),
            closes_at=to_utc(self.closes_at.data, timezone),
            maximum=self.maximum.data if self.maximum is not None else self.kept_maximum,
            once_per_device=self.once_per_device.data,
            closed_text={language: text for language, text in texts.items() if text} or None,
        )

    @property
    def texts(self) -> list[Field]:
        return [self[f"closed_{language}"] for language in self.languages]


def limit_form(languages: Sequence[str]) -> type[LimitForm]:
    """Return a form with a field for the message when closed in each of a questionnaire's languages."""
    texts = {
        f"closed_{language}": StringField(
            _l("Message when closed (%(language)s)", language=name_of(language)),
            [Length(max=LONGEST)],
            filters=[lambda text: (text or "").strip()],
        )
        for language in languages
    }
    return type("LimitFormInLanguages", (LimitForm,), {"languages": tuple(languages), **texts})
