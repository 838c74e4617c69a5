"""The score of one response to a quiz, or to an assessment whose questions have points. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question
from survey.questionnaires.kinds import KINDS

from .visibility import Context, visible


def score(
    definition: Definition, answers: Mapping[str, Any], shown: Collection[str] | None = None
) -> tuple[float, float]:
    """Return (earned, possible): the sums of weight × answer and of weight over the questions with points.

    Answers are rescaled to 0…1, where 1 is the best end, or the correct option of a quiz. Quiz questions and
    those of a dimension have points if they are in ``shown`` (None: all). Questions without an answer earn
    nothing; those that do not apply are left out of both sums.
    """
    earned = possible = 0.0
    for question in definition.questions:
        if not _has_points(question) or (shown is not None and question.code not in shown):
            continue
        answer = answers.get(question.code)
        if answer == NOT_APPLICABLE:
            continue
        for column in KINDS[question.kind].columns(question):
            if column.scored:
                number = None if answer is None else column.number(answer)
                possible += question.weight
                earned += question.weight * _rescaled(question, number, column.bins)
    return earned, possible


def own_score(
    definition: Definition, answers: Mapping[str, Any], context: Context
) -> tuple[float, float] | None:
    """Return score() of the questions that these answers show, or None if none of them has points."""
    earned, possible = score(definition, answers, visible(definition, answers, context).questions)
    return (earned, possible) if possible else None


def _has_points(question: Question) -> bool:
    return question.is_quiz or question.dimension is not None


def _rescaled(question: Question, number: int | None, bins: tuple[int, ...]) -> float:
    if number is None:
        return 0.0
    share = (number - bins[0]) / (bins[-1] - bins[0])
    return share if question.best == "high" else 1 - share
