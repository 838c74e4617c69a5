"""A ranking of options, the best first: each option gets a rank, so nothing needs to be dragged."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import Answers, Question, Texts

from .candidates import ComparedValue
from .kind import ANSWERED, CLOSED, N_, FormFields, HistogramColumn, InvalidAnswer, Kind
from .multiple_choice import option_field
from .single_choice import options, texts_by_option
from .wordings import bilingual


class RankingKind(Kind):
    """A ranking of all options."""

    name = "ranking"
    title = N_("Rank the options")
    example = N_("What matters most to you? Put in order")
    order = 10
    begins = {
        "texts": bilingual("您最看重什么？请排序。", "What matters most to you? Put it in order."),
        "options": options(("价格", "Price"), ("质量", "Quality"), ("态度", "Attitude")),
    }
    settings = (*CLOSED, "options")
    comparisons = (ANSWERED,)
    refusals = {"ranks": N_("please give each option a different rank")}
    cell = "whole"
    per_option = True
    between = " › "

    def names(self, question: Question) -> tuple[str, ...]:
        return tuple(option_field(question, option.code) for option in question.options)

    def read(self, question: Question, fields: FormFields) -> Answers:
        """Return the ranking of all options, or {}: one with gaps cannot be compared with others."""
        raws = {o.code: fields.get(option_field(question, o.code), "") for o in question.options}
        if not any(raws.values()):
            return {}
        if sorted(raws.values()) != sorted(str(rank) for rank in range(1, len(raws) + 1)):
            raise InvalidAnswer("ranks")
        return {question.code: sorted(raws, key=lambda code: int(raws[code]))}

    def columns(self, question: Question) -> tuple[HistogramColumn, ...]:
        ranks = tuple(range(1, len(question.options) + 1))

        def rank_of(code: str) -> Callable[[Any], int | None]:
            return lambda answer: answer.index(code) + 1 if answer and code in answer else None

        return tuple(
            HistogramColumn(f"{question.code}.{option.code}", question, ranks, rank_of(option.code))
            for option in question.options
        )

    def words(self, question: Question) -> Mapping[Any, Texts]:
        return texts_by_option(question)

    def candidates(self, question: Question, compared: Sequence[ComparedValue]) -> Sequence[list[str]]:
        return [[option.code for option in question.options]]

    def exported(self, question: Question) -> tuple[str, ...]:
        return tuple(f"{question.code}.{option.code}" for option in question.options)

    def option_cells(self, question: Question, answer: Any) -> Iterator[tuple[str, int | None]]:
        for option in question.options:
            yield option.code, answer.index(option.code) + 1 if option.code in answer else None


KIND = RankingKind()
