"""A rating from 1 to the question's scale."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from survey.questionnaires.definition import Question, Texts

from .candidates import ComparedValue
from .kind import (
    N_,
    NUMBERS,
    SCORED,
    HistogramColumn,
    InvalidAnswer,
    Kind,
    SettingProblems,
    is_number,
    number,
    whole_or_none,
)
from .wordings import WORDINGS, bilingual

FEWEST_POINTS, MOST_POINTS = 2, 10


@cache
def _numbers(low: int, high: int) -> dict[str, int]:
    return {str(number): number for number in range(low, high + 1)}


def points_of(item: Mapping[str, Any]) -> int:
    """Return the number of scale points of an item that need not be well-formed."""
    scale = item.get("scale", 5)
    return min(max(scale, FEWEST_POINTS), MOST_POINTS) if isinstance(scale, int) else MOST_POINTS


def parse_point(raw: str, low: int, high: int) -> int:
    """Return the number from ``low`` to ``high`` in ``raw``. Raises InvalidAnswer."""
    try:
        return _numbers(low, high)[raw]
    except KeyError:
        raise InvalidAnswer("range") from None


class ScaleKind(Kind):
    """A base for question types whose answers are a few numbers, counted one by one, some with labels."""

    settings: Sequence[str] = (*SCORED, "labels")
    comparisons = NUMBERS
    is_scale = True
    cell = "whole"
    parse_value = staticmethod(number)

    def is_answer(self, question: Question, value: Any) -> bool:
        return is_number(value)

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Sequence[int]:
        return self.columns(question)[0].bins


class RatingKind(ScaleKind):
    """A rating from 1 to the question's scale."""

    name = "rating"
    title = N_("Rating")
    example = N_("How satisfied are you? 1 to 5, stars or faces")
    order = 1
    begins = {
        "texts": bilingual("您对我们的服务满意吗？", "How satisfied are you with our service?"),
        "scale": 5,
        "labels": [dict(label) for label in WORDINGS["satisfied"].labels],
    }
    settings = (*ScaleKind.settings, "scale", "look", "best")
    in_runs = True
    spelled = True

    def parse(self, question: Question, raw: str) -> int:
        return parse_point(raw, 1, question.scale)

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        bins = tuple(range(1, question.scale + 1))
        return (HistogramColumn(question.code, question, bins, whole_or_none, scored=True),)

    def words(self, question: Question) -> Mapping[Any, Texts]:
        labels = [*question.labels, *[{}] * question.scale]
        return {point: labels[point - 1] for point in range(1, question.scale + 1)}

    def labelled_points(self, question: Question) -> Sequence[str]:
        return [str(point) for point in range(1, question.scale + 1)]

    def setting_problems(self, item: Mapping[str, Any], default: str) -> SettingProblems:
        """Yield a problem where words or faces lack a label for a point; five faces have the usual ones.

        The number of labels, and whether each is a text, is checked in rules.checking.items.
        """
        look, labels, scale = item.get("look"), item.get("labels"), item.get("scale", 5)
        if look not in ("words", "faces") or (look == "faces" and not labels and scale == 5):
            return
        if not labels or not isinstance(labels, list) or any(_is_blank(label, default) for label in labels):
            yield "labels", "labels", {"number": points_of(item)}

    def meaning(self, question: Question) -> tuple[object, ...]:
        return (self.name, question.scale, question.best)


def _is_blank(label: Any, language: str) -> bool:
    text = label.get(language, "") if isinstance(label, dict) else None
    return isinstance(text, str) and not text.strip()


KIND = RatingKind()
