"""The score of one response: a quiz, or an assessment whose questions have points. Pure."""

from collections.abc import Collection, Mapping
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE, Definition, Question
from survey.questionnaires.kinds import KINDS

from .visibility import Context, visible


def score(
    definition: Definition, answers: Mapping[str, Any], shown: Collection[str] | None = None
) -> tuple[float, float]:
    """(earned, possible): the sum over the questions with points of weight × answer, the answer rescaled to
    0…1 (1 the best end; of a quiz the right option), and the sum of those weights.

    Points have quiz questions and those of a dimension, when they are in ``shown`` (None: all). What was
    left open earns nothing; what does not apply could earn nothing either.
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
    """score() of what was asked of who gave these answers; None when nothing of it has points."""
    earned, possible = score(definition, answers, visible(definition, answers, context).questions)
    return (earned, possible) if possible else None


def _has_points(question: Question) -> bool:
    return question.is_quiz or question.dimension is not None


def _rescaled(question: Question, number: int | None, bins: tuple[int, ...]) -> float:
    if number is None:
        return 0.0
    share = (number - bins[0]) / (bins[-1] - bins[0])
    return share if question.best == "high" else 1 - share
