"""How likely to recommend, 0 to 10."""

from survey.questionnaires.definition import Question

from .rating import choose


class Nps:
    name = "nps"

    def parse(self, question: Question, raw: str) -> int | None:
        return choose(raw, 0, 10)

    def values(self, question: Question) -> tuple[int, ...]:
        return tuple(range(11))


KIND = Nps()
