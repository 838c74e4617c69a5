"""Rules that read a file of stock, which says how many of a gift each service point has left to promise."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from survey.refusal import N_
from survey.tabular import Checked, Problem, TableRow, records

from .rewarding import MOST

COLUMNS = {
    "place": ("place", "code", "服务点编码", "机构编码", "编码", "服务点"),
    "stock": ("stock", "number", "库存", "数量"),
}
DIGITS = 7


@dataclass(frozen=True)
class StockRow:
    """A valid row: ``number`` are left at the service point with the code ``place``."""

    line: int
    place: str
    number: int


def check(rows: Iterable[TableRow], points: Container[str]) -> Checked[StockRow]:
    """Sort the rows under their header into valid and invalid rows. Raises tabular.Unreadable without a table
    of stock. ``points`` are the codes of the service points that can have stock."""
    checked = Checked[StockRow]()
    first: dict[str, int] = {}
    for line, cells in records(rows, COLUMNS, ["place"], ["stock"]):
        place, written = cells["place"], cells["stock"]
        problems = [*_place_problems(line, place, points, first), *_number_problems(line, written)]
        checked.problems.extend(problems)
        if not problems:
            first[place] = line
            checked.rows.append(StockRow(line, place, int(written)))
    return checked


def _place_problems(line: int, place: str, points: Container[str], first: dict[str, int]) -> list[Problem]:
    if place in first:
        return [Problem(line, "place", N_("already set on line %(line)s"), {"line": first[place]})]
    if place not in points:
        return [
            Problem(line, "place", N_("there is no service point with this code where the reward is valid"))
        ]
    return []


def _number_problems(line: int, written: str) -> list[Problem]:
    if written.isascii() and written.isdecimal() and len(written) <= DIGITS and int(written) <= MOST:
        return []
    return [
        Problem(
            line, "stock", N_("“%(word)s” is not a whole number from 0 to 1,000,000"), {"word": written[:50]}
        )
    ]
