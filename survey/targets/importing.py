"""The use case "import targets": a file is checked as a whole, then written in one transaction."""

from survey import tabular
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.tabular import Checked, ImportOutcome
from survey.transaction import transaction

from . import queries
from .attainment import figures_of
from .queries import TargetKey
from .rules import files
from .rules.files import Aim
from .rules.targets import ALL_QUESTIONNAIRES, FIGURES

TEMPLATE = (
    ("place", "questionnaire", "figure", "month", "value"),
    ("HY", "", "index", "2026", "80"),
    ("HY-E", "service-satisfaction", "nps", "2026-11", "45"),
    ("HY-E-001", "", "quality", "2026-12", "82.5"),
)


def check_file(text: str, top: Place | None) -> Checked[Aim]:
    """Sort the rows of a CSV into good and bad and write nothing; raises tabular.Unreadable.

    ``top`` is the part of the tree of which the person may set targets (None: all of it).
    """
    return files.check(tabular.rows(text), _mine(top).keys(), _figures())


def import_targets(text: str, top: Place | None, good_rows: bool = False) -> ImportOutcome[Aim]:
    """Write all rows of a CSV, or with ``good_rows`` those that are good; else, when any is bad, none. A row
    without value removes what is set. Checked anew, for others may have changed places meanwhile."""
    with transaction():
        checked = check_file(text, top)
        if checked.problems and not good_rows:
            return ImportOutcome(checked, 0)
        ids = _mine(top)
        asked = {one.slug: one.id for one in questionnaires.questionnaires()} | {"": ALL_QUESTIONNAIRES}
        keys = [
            (TargetKey(ids[row.place], asked[row.questionnaire], row.figure, month), row.value)
            for row in checked.rows
            for month in row.months
        ]
        queries.save((key, value) for key, value in keys if value is not None)
        queries.remove([key for key, value in keys if value is None])
        return ImportOutcome(checked, checked.good)


def _mine(top: Place | None) -> dict[str, int]:
    tops = places.roots() if top is None else [top]
    return {place.code: place.id for one in tops for place in places.subtree(one)}


def _figures() -> dict[str, frozenset[str]]:
    """By questionnaire, and of all (""), the figures that can have targets."""
    found = {}
    for one in questionnaires.questionnaires():
        found[one.slug] = frozenset(figures_of(questionnaires.answered_versions(one)))
    return found | {"": frozenset(FIGURES).union(*found.values())}
