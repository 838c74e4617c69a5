"""The rules for a file of known totals; each row has a service point, a channel or a language, and its
customers."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from survey.refusal import N_
from survey.tabular import Checked, Problem, TableRow, Unreadable, records

PLACE, CHANNEL, LANGUAGE = ATTRIBUTES = ("place", "channel", "language")
COLUMNS = {
    PLACE: (PLACE, "服务点编码", "机构编码", "编码", "服务点"),
    CHANNEL: (CHANNEL, "渠道"),
    LANGUAGE: (LANGUAGE, "语言"),
    "customers": ("customers", "total", "客户数", "客户", "顾客数", "顾客"),
}
NUMBER = re.compile(r"\d{1,12}(?:[.]\d{1,4})?|\d{1,3}(?:,\d{3}){1,3}")
UNKNOWN = {
    PLACE: N_("there is no service point with this code"),
    CHANNEL: N_("no responses came through a channel of this name: %(known)s"),
    LANGUAGE: N_("no responses in a language of this code: %(known)s"),
}


@dataclass(frozen=True)
class KnownTotal:
    """A good row: the number of ``customers`` of the service point, channel or language ``value``. ``line``
    counts from 1."""

    line: int
    attribute: str
    value: str
    customers: float


@dataclass(frozen=True)
class CheckedTotals(Checked[KnownTotal]):
    """A file of totals with its rows sorted into good and bad."""

    def total(self, attribute: str) -> float:
        """Return how many customers the good rows of this attribute have together."""
        return sum(row.customers for row in self.rows if row.attribute == attribute)


def check(rows: Iterable[TableRow], valid_values: Mapping[str, Collection[str]]) -> CheckedTotals:
    """Return the rows under their header sorted into good and bad, with every reason. ``known`` has, by
    attribute, the values that can have totals. Raises Unreadable when the rows are not a table of totals, or
    all customers of an attribute are 0."""
    checked = CheckedTotals()
    lines: dict[tuple[str, str], int] = {}
    for line, cells in records(rows, COLUMNS, ATTRIBUTES, ["customers"]):
        keys = [(name, cells[name]) for name in ATTRIBUTES if cells.get(name)]
        problems = [*_reasons(line, cells, keys, valid_values), *_duplicates(line, keys, lines)]
        checked.problems.extend(problems)
        if not problems:
            attribute, value = keys[0]
            customers = float(cells["customers"].replace(",", ""))
            checked.rows.append(KnownTotal(line, attribute, value, customers))
    if not checked.problems:
        _refuse_zero_totals(checked)
    return checked


def _reasons(
    line: int,
    cells: Mapping[str, str],
    keys: list[tuple[str, str]],
    valid_values: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    """Yield every problem of a row by itself; ``keys`` are its filled attributes, (attribute, value) each."""
    if len(keys) != 1:
        yield Problem(line, PLACE, N_("each row must be for one service point, one channel or one language"))
    for attribute, value in keys[:1]:
        if value not in valid_values[attribute]:
            names = ", ".join(sorted(valid_values[attribute])) if attribute != PLACE else ""
            yield Problem(line, attribute, UNKNOWN[attribute], {"known": names})
    if not NUMBER.fullmatch(cells["customers"]):
        text = N_("“%(word)s” is not a number of customers")
        yield Problem(line, "customers", text, {"word": cells["customers"][:50]})


def _duplicates(
    line: int, keys: list[tuple[str, str]], lines: dict[tuple[str, str], int]
) -> Iterator[Problem]:
    """Yield a problem where an earlier line has the same key; ``lines`` remembers the first line of each."""
    for key in keys[:1]:
        before = lines.setdefault(key, line)
        if before != line:
            yield Problem(line, key[0], N_("already set on line %(line)s"), {"line": before})


def _refuse_zero_totals(checked: CheckedTotals) -> None:
    """Raise Unreadable where all totals of an attribute are 0, since they have no proportions."""
    for attribute in {row.attribute for row in checked.rows}:
        if not checked.total(attribute):
            raise Unreadable(N_("All customer counts in the column %(column)s are 0."), column=attribute)
