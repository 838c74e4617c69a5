"""The likelihood of recommending, 0 to 10."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import Question, Texts

from .kind import N_, HistogramColumn, whole_or_none
from .rating import ScaleKind, parse_point
from .wordings import bilingual

LOWEST, HIGHEST = 0, 10


class NpsKind(ScaleKind):
    """The likelihood of recommending, 0 to 10."""

    name = "nps"
    title = N_("Recommendation (0–10)")
    example = N_("Would you recommend us? Gives the NPS")
    order = 2
    begins = {
        "texts": bilingual(
            "您有多大可能向亲友或同事推荐我们？",
            "How likely are you to recommend us to a friend or colleague?",
        ),
        "labels": [bilingual("完全不可能", "Not at all likely"), bilingual("极有可能", "Extremely likely")],
    }

    def parse(self, question: Question, raw: str) -> int:
        return parse_point(raw, LOWEST, HIGHEST)

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        return (
            HistogramColumn(
                question.code, question, tuple(range(LOWEST, HIGHEST + 1)), whole_or_none, scored=True
            ),
        )

    def words(self, question: Question) -> Mapping[Any, Texts]:
        ends = dict(zip((LOWEST, HIGHEST), question.labels, strict=False))
        return {number: ends.get(number, {}) for number in range(LOWEST, HIGHEST + 1)}

    def labelled_points(self, question: Question) -> Sequence[str]:
        return (str(LOWEST), str(HIGHEST))


KIND = NpsKind()
