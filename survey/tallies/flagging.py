"""Looking for signs of carelessness in responses that nobody has looked at, as a part of a use case's
transaction. How long they took is not known."""

from survey.questionnaires import queries as questionnaires
from survey.questionnaires.rules.careless import find_signs

from .queries import signs


def look(place_id: int) -> None:
    """Look for signs in the responses of this place."""
    for page in signs.not_looked_at(place_id):
        signs.note(
            (
                find_signs(questionnaires.version_by_id(one.version_id).definition, one.answers).signs,
                place_id,
                one.id,
            )
            for one in page
        )
