"""Options put in order, the best first: each option is given a rank, so nothing needs to be dragged."""

from collections.abc import Callable
from typing import Any

from survey.questionnaires.definition import Answers, Question

from .kind import Column, Fields, Plain, Refused
from .multiple_choice import option_field


class Ranking(Plain):
    name = "ranking"

    def names(self, question: Question) -> tuple[str, ...]:
        return tuple(option_field(question, option.code) for option in question.options)

    def read(self, question: Question, fields: Fields) -> Answers:
        """All options ranked, or none: an order with gaps cannot be compared with others."""
        raws = {o.code: fields.get(option_field(question, o.code), "") for o in question.options}
        if not any(raws.values()):
            return {}
        if sorted(raws.values()) != sorted(str(rank) for rank in range(1, len(raws) + 1)):
            raise Refused("ranks")
        return {question.code: sorted(raws, key=lambda code: int(raws[code]))}

    def columns(self, question: Question) -> tuple[Column, ...]:
        ranks = tuple(range(1, len(question.options) + 1))

        def rank_of(code: str) -> Callable[[Any], int | None]:
            return lambda answer: answer.index(code) + 1 if answer and code in answer else None

        return tuple(
            Column(f"{question.code}.{option.code}", question, ranks, rank_of(option.code))
            for option in question.options
        )

    def exported(self, question: Question) -> tuple[str, ...]:
        return tuple(f"{question.code}.{option.code}" for option in question.options)


KIND = Ranking()
