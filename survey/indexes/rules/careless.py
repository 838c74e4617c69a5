"""Signs that a response was given without care. A flag is shown and can be filtered by; nothing is ever
deleted.

P. G. Curran, "Methods for the detection of carelessly invalid responses in survey data", Journal of
Experimental Social Psychology 66 (2016) 4–19.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question
from survey.questionnaires.kinds import KINDS

from .scores import ends

LEAST_RUN = 6  # shorter runs of equal answers are common among the satisfied
LEAST_BEST = 4
LEAST_SECONDS = 2.0  # for a question; J. L. Huang et al., Journal of Business and Psychology 27 (2012) 99–114


@dataclass(frozen=True)
class Care:
    """``longest``: the longest run of equal ratings one after another; ``rated``: how many ratings there are.

    ``alike``: that run is 6 or more, and half of all ratings or more. ``all_best``: all ratings and
    recommendations, 4 or more, are the best answer: what a customer says who was told what to say (R15),
    and one who is delighted. ``hasty``: less than 2 seconds for each question answered; None where the time
    is not known or nothing was answered.
    """

    longest: int
    rated: int
    alike: bool
    all_best: bool
    hasty: bool | None

    @property
    def flagged(self) -> bool:
        return self.alike or self.all_best or bool(self.hasty)


def care(definition: Definition, answers: Mapping[str, Any], seconds: float | None = None) -> Care:
    """The signs in one response's ``answers`` by question code, taken in the definition's order. A run goes
    on over questions that were not rated and ends where the scale changes. Raises ValueError for negative
    ``seconds``."""
    if seconds is not None and seconds < 0:
        raise ValueError("nobody answers in less than no time")
    numbers = [(q, answers[q.code]) for q in definition.questions if isinstance(answers.get(q.code), int)]
    rated = [(q, answer) for q, answer in numbers if q.kind == "rating"]
    scored = [(q, answer) for q, answer in numbers if q.kind in ("rating", "nps")]
    longest = _longest([(q.scale, answer) for q, answer in rated])
    answered = sum(q.code in answers and answers[q.code] != NOT_APPLICABLE for q in definition.questions)
    return Care(
        longest=longest,
        rated=len(rated),
        alike=longest >= max(LEAST_RUN, len(rated) / 2),
        all_best=len(scored) >= LEAST_BEST and all(answer == _best(q) for q, answer in scored),
        hasty=None if seconds is None or not answered else seconds < LEAST_SECONDS * answered,
    )


def _best(question: Question) -> int:
    (column,) = KINDS[question.kind].columns(question)
    return ends(column.bins, question.best)[1]


def _longest(given: list[tuple[int, Any]]) -> int:
    longest = run = 0
    for i, one in enumerate(given):
        run = run + 1 if i and one == given[i - 1] else 1
        longest = max(longest, run)
    return longest
