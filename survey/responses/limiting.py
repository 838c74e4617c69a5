"""The use case "limit": when a questionnaire or a link takes answers, and how many.

It stands here and not with questionnaires, for setting a maximum counts the responses that there are.
Web processes remember a link for some seconds (Settings.link_seconds): for as long pages may still follow
the limits as they were, and responses may come that a new maximum has not counted.
"""

from survey.links.models import Link
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.limits import Limit
from survey.transaction import transaction

from . import queries


class LimitRefused(ValueError):
    """The limit cannot be meant. ``reason`` is a Limit's problem: "order" or "maximum"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def limit_questionnaire(questionnaire_id: int, wish: Limit) -> None:
    """From now on ``wish`` holds for all links of the questionnaire. Raises LimitRefused.

    A maximum counts the responses that are there already; it goes on counting while one is set.
    """
    _check(wish)
    with transaction():
        kept = queries.questionnaire_to_be_limited(questionnaire_id)
        if wish.maximum is not None and kept.maximum is None:
            kept.taken = queries.count_responses(questionnaire_id)
        _put(kept, wish)


def limit_link(link_id: int, wish: Limit) -> None:
    """From now on ``wish`` holds for the link, besides its questionnaire's limit. Raises LimitRefused.

    A maximum counts from 0: responses do not tell by which link they came.
    """
    _check(wish)
    with transaction():
        kept = queries.link_to_be_limited(link_id)
        if wish.maximum is not None and kept.maximum is None:
            kept.taken = 0
        _put(kept, wish)


def _check(wish: Limit) -> None:
    if wish.problem is not None:
        raise LimitRefused(wish.problem)


def _put(kept: Questionnaire | Link, wish: Limit) -> None:
    kept.opens_at, kept.closes_at = wish.opens_at, wish.closes_at
    kept.maximum, kept.once_per_device = wish.maximum, wish.once_per_device
    kept.closed_text = dict(wish.closed_text) if wish.closed_text else None
