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
    """Return the rows of a CSV sorted into good and bad, without writing. Raises tabular.Unreadable."""
    channels, languages = parts.channels_and_languages()
    valid_values = {PLACE: _point_ids().keys(), CHANNEL: channels, LANGUAGE: languages}
    return files.check(tabular.rows(text), valid_values)


def import_totals(text: str, month: date, good_rows: bool = False) -> ImportOutcome[KnownTotal]:
    """Write all rows of a CSV as the totals from ``month`` (its first day) on, replacing those of that month.
    Where a row is bad, write none, or with ``good_rows`` the good ones. Raises tabular.Unreadable."""
    with transaction():
        checked = check_file(text)
        if (checked.problems and not good_rows) or not checked.rows:
            return ImportOutcome(checked, 0)
        ids = _point_ids()
        queries.save(
            month,
            [
                (row.attribute, ids[row.value], "", row.customers)
                if row.attribute == PLACE
                else (row.attribute, 0, row.value, row.customers)
                for row in checked.rows
            ],
        )
        return ImportOutcome(checked, checked.good)


def remove_totals(month: date) -> int:
    """Remove the totals of a month; return how many there were."""
    with transaction():
        return queries.remove(month)


def _point_ids() -> dict[str, int]:
    """Return the ids of all service points by their codes."""
    return {point.code: point.id for root in places.roots() for point in places.subtree(root, "point")}
