"""The form for the weights of a draft's index: of its dimensions, and of the questions within them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from flask_babel import gettext as _

from survey.questionnaires.definition import Document, Item
from survey.questionnaires.kinds.kind import number
from survey.questionnaires.rules.checking.values import HIGHEST_WEIGHT
from survey.questionnaires.rules.comparing import dimension_weights
from survey.questionnaires.rules.editing import digest

Texts = dict[str, str]


@dataclass
class WeightsForm:
    """The weights as typed, by dimension and by the question's code; ``errors`` are by the field's name."""

    dimensions: Texts
    questions: Texts
    errors: Texts = field(default_factory=dict)
    read: dict[str, float] = field(default_factory=dict)
    """The weights above 0 that could be read, by the field's name."""

    @classmethod
    def of(cls, document: Document, sent: Mapping[str, str] = MappingProxyType({})) -> "WeightsForm":
        """Return the form with the weights that were ``sent``; others are those of the draft."""
        form = cls(
            {name: _decimal_text(weight) for name, weight in dimension_weights(document).items()},
            {item["code"]: _decimal_text(item.get("weight", 1)) for item in weighted_items(document)},
        )
        for prefix, values in (("dimension", form.dimensions), ("question", form.questions)):
            for key, value in values.items():
                values[key] = sent.get(f"{prefix}.{key}", value).strip()
                form._read(f"{prefix}.{key}", values[key])
        return form

    def _read(self, name: str, text: str) -> None:
        try:
            weight = number(text.replace(",", "."))
        except ValueError:
            weight = 0
        if 0 < weight <= HIGHEST_WEIGHT:
            self.read[name] = weight
        else:
            self.errors[name] = _("Enter a number above 0 and up to %(most)s.", most=HIGHEST_WEIGHT)

    @property
    def of_dimensions(self) -> dict[str, float]:
        return {name: self.read[f"dimension.{name}"] for name in self.dimensions}

    @property
    def shares(self) -> dict[str, float]:
        """The share of each dimension in the index, in per cent; {} while a weight is invalid."""
        if any(name.startswith("dimension.") for name in self.errors):
            return {}
        total = sum(self.of_dimensions.values())
        return {name: 100 * weight / total for name, weight in self.of_dimensions.items()}

    @property
    def of_questions(self) -> dict[str, float]:
        return {code: self.read[f"question.{code}"] for code in self.questions}


def weighted_items(document: Document) -> list[Item]:
    """Return the questions that count in a dimension."""
    return [item for item in document["questions"] if item.get("dimension")]


def _decimal_text(weight: float) -> str:
    return f"{Decimal(str(weight)):f}"


def weights_digest(document: Document) -> str:
    """Return a digest of all weights, which differs when any weight does."""
    form = WeightsForm.of(document)
    return digest([form.dimensions, form.questions])
