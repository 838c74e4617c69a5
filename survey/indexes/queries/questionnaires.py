"""Queries of how many respondents each questionnaire has."""

from sqlalchemy import func, select

from survey.db import db
from survey.places.models import Place
from survey.questionnaires.models import Version
from survey.tallies.models import Tally


def respondents_by_questionnaire() -> dict[int, int]:
    """Return the number of respondents by questionnaire id, from the exact tallies of the tree's roots."""
    roots = select(Place.id).where(Place.parent_id.is_(None))
    statement = (
        select(Version.questionnaire_id, func.sum(Tally.n))
        .join(Tally, Tally.version_id == Version.id)
        .where(Tally.place_id.in_(roots), Tally.employee_id == 0, Tally.view == "exact")
        .where(Tally.grain == "month")
        .group_by(Version.questionnaire_id)
    )
    return dict(db.session.execute(statement).all())
