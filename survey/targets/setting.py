"""The use case "set targets": targets of a place are set or removed for a range of months."""

from datetime import date

from survey.periods import Period
from survey.places.models import Place
from survey.questionnaires.models import Questionnaire
from survey.refusal import N_, Refused
from survey.transaction import transaction

from . import queries
from .queries import TargetKey
from .rules.targets import ALL_QUESTIONNAIRES, is_figure, is_possible

MOST_MONTHS = 120


def set_targets(
    place: Place,
    questionnaire: Questionnaire | None,
    figure: str,
    first: date,
    last: date,
    value: float | None,
) -> int:
    """Set the target of ``figure`` (rules.figure_names: "index", "nps", "satisfied", "dimension:…") for every
    month from that of ``first`` to that of ``last``; the value None removes the targets.

    ``questionnaire`` None means all questionnaires. Return how many months were set, or how many targets were
    removed. Raises Refused for a figure that has no targets, a value that it cannot have, and for no months
    or more than 120.
    """
    if not is_figure(figure):
        raise Refused(N_("This metric has no targets."))
    if value is not None and not is_possible(figure, value):
        raise Refused(N_("This value is out of range for the metric."))
    if last < first:
        raise Refused(N_("The last month is before the first."))
    if Period(first, last).months_held > MOST_MONTHS:
        raise Refused(N_("You can set at most ten years at once."))
    questionnaire_id = questionnaire.id if questionnaire else ALL_QUESTIONNAIRES
    keys = [TargetKey(place.id, questionnaire_id, figure, month) for month in Period(first, last).months()]
    with transaction():
        if value is None:
            return queries.remove(keys)
        queries.save((key, value) for key in keys)
        return len(keys)
