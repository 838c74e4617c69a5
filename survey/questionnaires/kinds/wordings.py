"""Texts in Chinese and English, and the usual wordings of labels.

Texts of a questionnaire are data that its authors change, so these are here and not in the catalogue.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey.questionnaires.definition import Texts


def bilingual(zh: str, en: str) -> Texts:
    """Return the texts by language of these two."""
    return {"zh": zh, "en": en}


NO, YES = bilingual("否", "No"), bilingual("是", "Yes")


@dataclass(frozen=True)
class Wording:
    """The usual labels of a scale, from the lowest point to the highest."""

    name: str
    labels: tuple[Texts, ...]


def spread_labels(labels: Sequence[Texts], points: int) -> list[Texts]:
    """Return the labels spread over a scale of ``points`` points.

    The ends remain at the ends and the middle in the middle; a point between two labels gets {}.
    """
    spread: list[Texts] = [{}] * points
    last = len(labels) - 1
    if last + 1 > points:
        return [labels[round(point * last / (points - 1))] for point in range(points)]
    for number, label in enumerate(labels):
        spread[round(number * (points - 1) / last) if last else 0] = label
    return spread


def _five_points(name: str, zh: str, en: str) -> Wording:
    return Wording(name, tuple(map(bilingual, zh.split(), en.split(", "))))


WORDINGS: Mapping[str, Wording] = {
    wording.name: wording
    for wording in (
        _five_points(
            "satisfied",
            "很不满意 不满意 一般 满意 很满意",
            "Very dissatisfied, Dissatisfied, Neutral, Satisfied, Very satisfied",
        ),
        _five_points(
            "fully_satisfied",
            "非常不满意 不满意 一般 满意 非常满意",
            "Extremely dissatisfied, Dissatisfied, Neutral, Satisfied, Extremely satisfied",
        ),
        _five_points(
            "agree",
            "很不同意 不同意 一般 同意 很同意",
            "Strongly disagree, Disagree, Neutral, Agree, Strongly agree",
        ),
        _five_points("good", "很差 较差 一般 较好 很好", "Very poor, Poor, Fair, Good, Very good"),
        _five_points("often", "从不 很少 有时 经常 总是", "Never, Rarely, Sometimes, Often, Always"),
    )
}
