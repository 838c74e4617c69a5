"""The use case "limit": set when a questionnaire or a link takes responses, and how many.

It is here and not with questionnaires because setting a maximum counts the existing responses.
Web processes cache a link for some seconds (Settings.link_seconds): until then pages may follow the old
limits, and responses may arrive that a new maximum has not counted.
"""

from survey.links.models import Link
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.limits import ResponseLimits
from survey.transaction import transaction

from . import queries


class LimitRefused(ValueError):
    """The limit is impossible. ``reason`` is a Limit's problem: "order" or "maximum"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def limit_questionnaire(questionnaire_id: int, wish: ResponseLimits) -> None:
    """Limit all links of a questionnaire to ``wish``. Raises LimitRefused.

    A new maximum includes the existing responses.
    """
    _check(wish)
    with transaction():
        kept = queries.questionnaire_to_be_limited(questionnaire_id)
        if wish.maximum is not None and kept.maximum is None:
            kept.taken = queries.count_responses(questionnaire_id)
        _put(kept, wish)


def limit_link(link_id: int, wish: ResponseLimits) -> None:
    """Limit a link to ``wish``, besides its questionnaire's limit. Raises LimitRefused.

    A new maximum counts from 0, since responses are not linked to their link.
    """
    _check(wish)
    with transaction():
        kept = queries.link_to_be_limited(link_id)
        if wish.maximum is not None and kept.maximum is None:
            kept.taken = 0
        _put(kept, wish)


def _check(wish: ResponseLimits) -> None:
    if wish.problem is not None:
        raise LimitRefused(wish.problem)


def _put(kept: Questionnaire | Link, wish: ResponseLimits) -> None:
    kept.opens_at, kept.closes_at = wish.opens_at, wish.closes_at
    kept.maximum, kept.once_per_device = wish.maximum, wish.once_per_device
    kept.closed_text = dict(wish.closed_text) if wish.closed_text else None
