"""The use case "import known totals": a file is checked as a whole, then written in one transaction."""

from datetime import date

from survey import tabular
from survey.places import queries as places
from survey.tabular import ImportOutcome
from survey.tallies.queries import parts
from survey.transaction import transaction

from . import queries
from .rules import files
from .rules.files import CHANNEL, LANGUAGE, PLACE, CheckedTotals, KnownTotal

TEMPLATE = (
    ("place", "channel", "language", "customers"),
    ("HY-E-001", "", "", "5200"),
    ("HY-E-002", "", "", "830"),
    ("", "qr", "", "4500"),
    ("", "sms", "", "1530"),
)


def check_file(text: str) -> CheckedTotals:
    """Sort the rows of a CSV into good and bad and write nothing; raises tabular.Unreadable."""
    channels, languages = parts.offered()
    known = {PLACE: _points().keys(), CHANNEL: channels, LANGUAGE: languages}
    return files.check(tabular.rows(text), known)


def import_totals(text: str, month: date, good_rows: bool = False) -> ImportOutcome[KnownTotal]:
    """Write all rows of a CSV, or with ``good_rows`` those that are good, as the totals that hold from
    ``month`` (its first day) on, in the place of those of that month; else, when any is bad, none."""
    with transaction():
        checked = check_file(text)
        if (checked.problems and not good_rows) or not checked.rows:
            return ImportOutcome(checked, 0)
        ids = _points()
        queries.save(
            month,
            [
                (one.attribute, ids[one.value], "", one.customers)
                if one.attribute == PLACE
                else (one.attribute, 0, one.value, one.customers)
                for one in checked.rows
            ],
        )
        return ImportOutcome(checked, checked.good)


def remove_totals(month: date) -> int:
    """Remove the set of totals of a month; return how many totals it had."""
    with transaction():
        return queries.remove(month)


def _points() -> dict[str, int]:
    return {one.code: one.id for root in places.roots() for one in places.subtree(root, "point")}
