"""When the responses that a page of figures shows are next added to."""

from dataclasses import dataclass
from datetime import date

from survey import settings
from survey.places.models import Place
from survey.questionnaires.models import Version
from survey.tallies.queries import openings


@dataclass(frozen=True)
class NextBatch:
    """The day on which the next batch of a unit is due, None where no service point is open there."""

    due_on: date | None
    is_point: bool


def next_batch(top: Place | None, version: Version | None = None) -> NextBatch:
    """Return when the next batch of the unit ``top`` (None: of all) is due, of the questionnaire of
    ``version`` or of all. A batch whose day is over is due today."""
    closes_on = openings.next_closing(top, version.questionnaire_id if version else None)
    due_on = max(closes_on, settings.current().today()) if closes_on else None
    return NextBatch(due_on, top is not None and top.kind == "point")
