"""Yes (1) or no (0)."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import Question, Texts

from .kind import N_, SHARE, HistogramColumn, whole_or_none
from .rating import ScaleKind, parse_point
from .wordings import NO, YES, bilingual


class YesNoKind(ScaleKind):
    """An answer yes (1) or no (0)."""

    name = "yes_no"
    title = N_("Yes or no")
    example = N_("Was your problem solved?")
    order = 5
    begins = {"texts": bilingual("您的问题解决了吗？", "Was your problem solved?")}
    stem = "yesno"
    is_scale = False
    spelled = True

    def parse(self, question: Question, raw: str) -> int:
        return parse_point(raw, 0, 1)

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        scored = question.dimension is not None
        return (HistogramColumn(question.code, question, (0, 1), whole_or_none, scored, SHARE),)

    def words(self, question: Question) -> Mapping[Any, Texts]:
        own = [*question.labels, {}, {}]
        return {number: own[number] or usual for number, usual in enumerate((NO, YES))}

    def labelled_points(self, question: Question) -> Sequence[str]:
        return (N_("No"), N_("Yes"))


KIND = YesNoKind()
