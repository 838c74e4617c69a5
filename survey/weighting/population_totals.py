"""The known totals of customers by which answers are weighted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import queries
from .rules.files import ATTRIBUTES, PLACE


@dataclass(frozen=True)
class Scheme:
    """The totals that are in force from ``month`` (its first day) on, by attribute (rules/files.py) and
    value; the value of a place is its id as text."""

    month: date
    totals: Mapping[str, Mapping[str, float]]

    @cached_property
    def attributes(self) -> list[str]:
        """Return the attributes that have totals, in the order of ATTRIBUTES."""
        return [name for name in ATTRIBUTES if self.totals.get(name)]


def scheme_in_force(day: date) -> Scheme | None:
    """Return the totals that are in force on a day, see queries.month_in_force(); None where none are
    known."""
    since = queries.month_in_force(day)
    if since is None:
        return None
    totals: dict[str, dict[str, float]] = defaultdict(dict)
    for total in queries.of_month(since):
        value = str(total.place_id) if total.attribute == PLACE else total.value
        totals[total.attribute][value] = total.customers
    return Scheme(since, dict(totals))
