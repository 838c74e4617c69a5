"""A rating from 1 to the question's scale."""

from functools import cache

from survey.questionnaires.definition import Question

from .kind import Column, Plain, Refused, whole


@cache
def _numbers(low: int, high: int) -> dict[str, int]:
    return {str(number): number for number in range(low, high + 1)}


def choose(raw: str, low: int, high: int) -> int:
    """The number from ``low`` to ``high`` that ``raw`` spells. Raises Refused."""
    try:
        return _numbers(low, high)[raw]
    except KeyError:
        raise Refused("range") from None


class Rating(Plain):
    name = "rating"

    def parse(self, question: Question, raw: str) -> int:
        return choose(raw, 1, question.scale)

    def columns(self, question: Question) -> tuple[Column, ...]:
        bins = tuple(range(1, question.scale + 1))
        return (Column(question.code, question, bins, whole, scored=True),)


KIND = Rating()
