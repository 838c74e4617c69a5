"""The known totals by which answers are weighted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import queries
from .rules.files import ATTRIBUTES, PLACE


@dataclass(frozen=True)
class Scheme:
    """The totals that hold from a ``month`` on: by attribute (rules/files.py) and value (of a
    place its id as text)."""

    month: date
    totals: Mapping[str, Mapping[str, float]]

    @cached_property
    def attributes(self) -> list[str]:
        return [name for name in ATTRIBUTES if self.totals.get(name)]


def in_force(day: date) -> Scheme | None:
    """Return the totals that hold on a day; None where none are known."""
    since = queries.in_force(day)
    if since is None:
        return None
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for one in queries.of_month(since):
        value = str(one.place_id) if one.attribute == PLACE else one.value
        found[one.attribute][value] = one.customers
    return Scheme(since, dict(found))
