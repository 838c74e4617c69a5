"""The use case "import targets": a file is checked as a whole, then written in one transaction."""

from survey import tabular
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.tabular import Checked, ImportOutcome
from survey.transaction import transaction

from . import queries
from .attainment import figures_with_targets
from .queries import TargetKey
from .rules import files
from .rules.files import TargetRow
from .rules.targets import ALL_QUESTIONNAIRES, FIGURES

TEMPLATE = (
    ("place", "questionnaire", "figure", "month", "value"),
    ("HY", "", "index", "2026", "80"),
    ("HY-E", "service-satisfaction", "nps", "2026-11", "45"),
    ("HY-E-001", "", "quality", "2026-12", "82.5"),
)


def check_file(text: str, top: Place | None) -> Checked[TargetRow]:
    """Return the rows of a CSV sorted into good and bad, without writing. Raises tabular.Unreadable.

    ``top`` is the root of the part of the tree for which the user may set targets (None: the whole tree).
    """
    return files.check(tabular.rows(text), _ids_in_scope(top).keys(), _figures())


def import_targets(text: str, top: Place | None, good_rows: bool = False) -> ImportOutcome[TargetRow]:
    """Write all rows of a CSV. Where a row is bad, write none, or with ``good_rows`` the good ones. A row
    without value removes the targets of its months. The file is checked again, because places may have
    changed since the preview. Raises tabular.Unreadable."""
    with transaction():
        checked = check_file(text, top)
        if checked.problems and not good_rows:
            return ImportOutcome(checked, 0)
        ids = _ids_in_scope(top)
        questionnaire_ids = {
            questionnaire.slug: questionnaire.id for questionnaire in questionnaires.questionnaires()
        } | {"": ALL_QUESTIONNAIRES}
        keys = [
            (TargetKey(ids[row.place], questionnaire_ids[row.questionnaire], row.figure, month), row.value)
            for row in checked.rows
            for month in row.months
        ]
        queries.save((key, value) for key, value in keys if value is not None)
        queries.remove([key for key, value in keys if value is None])
        return ImportOutcome(checked, checked.good)


def _ids_in_scope(top: Place | None) -> dict[str, int]:
    """Return the ids of the places at and below ``top`` by their codes."""
    tops = places.roots() if top is None else [top]
    return {place.code: place.id for root in tops for place in places.subtree(root)}


def _figures() -> dict[str, frozenset[str]]:
    """Return, by the slug of each questionnaire and "" for all, the figures that can have targets."""
    figures = {}
    for questionnaire in questionnaires.questionnaires():
        figures[questionnaire.slug] = frozenset(
            figures_with_targets(questionnaires.answered_versions(questionnaire))
        )
    return figures | {"": frozenset(FIGURES).union(*figures.values())}
