"""A rating from 1 to the question's scale, the best last."""

from functools import cache

from survey.questionnaires.definition import Question

from .kind import Refused


@cache
def _numbers(low: int, high: int) -> dict[str, int]:
    return {str(number): number for number in range(low, high + 1)}


class Rating:
    name = "rating"

    def parse(self, question: Question, raw: str) -> int | None:
        return choose(raw, 1, question.scale)

    def values(self, question: Question) -> tuple[int, ...]:
        return tuple(range(1, question.scale + 1))


def choose(raw: str, low: int, high: int) -> int | None:
    """The number from ``low`` to ``high`` that ``raw`` spells, None when blank. Raises Refused."""
    if not raw:
        return None
    try:
        return _numbers(low, high)[raw]
    except KeyError:
        raise Refused("range") from None


KIND = Rating()
