"""The use case "import places": a file is checked as a whole, then written in one transaction."""

from survey import tabular
from survey.tabular import ImportOutcome
from survey.transaction import transaction

from . import queries
from .models import Place
from .rules import growing, reading
from .rules.growing import CheckedTree, ExistingPlace
from .rules.reading import Candidate

TEMPLATE = (
    ("code", "name", "name_en", "kind", "parent"),
    ("HY", "回音银行", "Huiyin Bank", "group", ""),
    ("HY-E", "华东区", "East", "region", "HY"),
    ("HY-E-001", "上海南京路支行", "Nanjing Road, Shanghai", "point", "HY-E"),
)


def check_file(text: str, top: Place | None) -> CheckedTree:
    """Sort the rows of a CSV into good and bad, without writing. Raises tabular.Unreadable.

    ``top`` is the part of the tree below which the user may add places (None: all of it).
    """
    table = reading.read(tabular.rows(text))
    mentioned = {
        code for candidate in table.candidates for code in (candidate.code, candidate.parent) if code
    }
    known = {
        place.code: ExistingPlace(
            kind=place.kind,
            levels=len(place.ancestor_ids),
            mine=top is None or top.contains(place),
            retired=place.retired_on is not None,
        )
        for place in queries.by_codes(mentioned).values()
    }
    return growing.check(table, known, everywhere=top is None)


def import_places(
    text: str, top: Place | None, good_rows: bool = False, demonstration: bool = False
) -> ImportOutcome[Candidate]:
    """Write the good rows of a CSV; when any row is bad, only with ``good_rows``.

    The file is checked again, since others may have added the same places after the preview.
    """
    with transaction() as session:
        queries.one_at_a_time(session)
        checked = check_file(text, top)
        if checked.problems and not good_rows:
            return ImportOutcome(checked, 0)
        parents = {candidate.parent for level in checked.levels for candidate in level if candidate.parent}
        ids = {place.code: place.id for place in queries.by_codes(parents).values()}
        for level in checked.levels:
            rows: list[dict[str, object]] = [
                {
                    "parent_id": ids[candidate.parent] if candidate.parent else None,
                    "kind": candidate.kind,
                    "code": candidate.code,
                    "name": candidate.name,
                    "name_en": candidate.name_en,
                    "demonstration": demonstration,
                }
                for candidate in level
            ]
            ids |= queries.insert_level(session, rows)
        return ImportOutcome(checked, checked.good)
