"""Checking responses for signs of carelessness that were stored before there were signs, as a part of a use
case's transaction. How long their customers took is not known."""

from survey.questionnaires import queries as questionnaires
from survey.questionnaires.rules.careless import find_signs

from .queries import signs


def flag_unchecked_responses(place_id: int) -> None:
    """Find and store the signs of those responses of this place that have not been checked."""
    for page in signs.unchecked_pages(place_id):
        signs.save_signs(
            (
                find_signs(
                    questionnaires.version_by_id(response.version_id).definition, response.answers
                ).signs,
                place_id,
                response.id,
            )
            for response in page
        )
