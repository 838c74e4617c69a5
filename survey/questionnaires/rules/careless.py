"""Signs of careless responses are stored with the response, shown, and can be filtered by.

No response is ever deleted because of them.

P. G. Curran, "Methods for the detection of carelessly invalid responses in survey data", Journal of
Experimental Social Psychology 66 (2016) 4–19.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question
from survey.questionnaires.kinds import KINDS

LEAST_RUN = 6  # shorter runs of equal answers are common among the satisfied
LEAST_BEST = 4
LEAST_SECONDS = 2.0  # for a question; J. L. Huang et al., Journal of Business and Psychology 27 (2012) 99–114

ALIKE, BEST, HASTY, TIMED = 1, 2, 4, 8
ANY = ALIKE | BEST | HASTY


class CarelessSigns(NamedTuple):
    """The signs in one response.

    ``longest`` is the length of the longest run of equal ratings, ``rated`` the number of ratings. ``alike``:
    that run is 6 or more, and half of all ratings or more. ``all_best``: all ratings and recommendations, 4
    or more, are the best answer, as given by a customer who was told what to answer (R15), but also by a
    delighted one. ``hasty``: less than 2 seconds for each question answered; None if the time is unknown or
    nothing was answered.
    """

    longest: int
    rated: int
    alike: bool
    all_best: bool
    hasty: bool | None

    @property
    def flagged(self) -> bool:
        return self.alike or self.all_best or bool(self.hasty)

    @property
    def signs(self) -> int:
        """Return the signs as they are stored: the sum of ALIKE, BEST and HASTY, and TIMED if the time is
        known."""
        timed = 0 if self.hasty is None else TIMED + HASTY * self.hasty
        return ALIKE * self.alike + BEST * self.all_best + timed


def find_signs(
    definition: Definition, answers: Mapping[str, Any], seconds: float | None = None
) -> CarelessSigns:
    """Return the signs in the ``answers`` of one response, by question code.

    Ratings are taken in the definition's order. A run continues over questions that were not rated, and ends
    where the scale changes. Raises ValueError for negative ``seconds``.
    """
    if seconds is not None and seconds < 0:
        raise ValueError("nobody answers in less than no time")
    answered = scored = rated = longest = run = 0
    all_best, last = True, None
    for code, best, scale in _scales(definition):
        answer = answers.get(code)
        if answer is None or answer == NOT_APPLICABLE:
            continue
        answered += 1
        if best is None:
            continue
        scored += 1
        all_best = all_best and answer == best
        if scale:
            rated += 1
            run = run + 1 if last == (scale, answer) else 1
            last = (scale, answer)
            longest = max(longest, run)
    return CarelessSigns(
        longest=longest,
        rated=rated,
        alike=longest >= max(LEAST_RUN, rated / 2),
        all_best=scored >= LEAST_BEST and all_best,
        hasty=None if seconds is None or not answered else seconds < LEAST_SECONDS * answered,
    )


def _scales(definition: Definition) -> tuple[tuple[str, int | None, int], ...]:
    """Return the code, the best answer (None without a scale) and, for ratings, the scale of each question.

    The result is cached in the definition's attributes.
    """
    attributes = vars(definition)
    if "_careless" not in attributes:
        attributes["_careless"] = tuple(_scale_of(question) for question in definition.questions)
    scales: tuple[tuple[str, int | None, int], ...] = attributes["_careless"]
    return scales


def _scale_of(question: Question) -> tuple[str, int | None, int]:
    kind = KINDS[question.kind]
    if not kind.is_scale:
        return question.code, None, 0
    (column,) = kind.columns(question)
    best = column.bins[0] if question.best == "low" else column.bins[-1]
    return question.code, best, len(column.bins) if kind.in_runs else 0
