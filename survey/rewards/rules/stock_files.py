"""A file of stock: service points, and how many of a gift each has left to promise."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from survey.places.refusal import N_
from survey.places.rules.reading import Problem
from survey.tabular import Row, Unreadable

from .rewarding import MOST

MOST_ROWS = 20_000
COLUMNS = {
    "place": ("place", "code", "编码", "服务点"),
    "stock": ("stock", "number", "库存", "数量"),
}
WORDS = {word: column for column, words in COLUMNS.items() for word in words}
DIGITS = 7


@dataclass(frozen=True)
class Line:
    """A good row: ``number`` are left at ``place``, a code."""

    line: int
    place: str
    number: int


@dataclass
class Checked:
    """``rows`` are good; ``problems`` are those of the bad ones, by line."""

    rows: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def good(self) -> int:
        return len(self.rows)

    @property
    def bad(self) -> int:
        return len({problem.line for problem in self.problems})


def check(rows: Iterable[Row], points: Container[str]) -> Checked:
    """Sorts the rows under their header into good and bad. Raises Unreadable when there is no table of stock
    in them. ``points``: the codes of the service points that can have some."""
    found = iter(rows)
    columns = _columns(next(found, None))
    checked = Checked()
    first: dict[str, int] = {}
    for count, row in enumerate(found, 1):
        if count > MOST_ROWS:
            raise Unreadable(N_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
        place, written = (row.cells[i].strip() if i < len(row.cells) else "" for i in columns)
        problems = [*_place_problems(row.line, place, points, first), *_number_problems(row.line, written)]
        checked.problems.extend(problems)
        if not problems:
            first[place] = row.line
            checked.rows.append(Line(row.line, place, int(written)))
    if not checked.rows and not checked.problems:
        raise Unreadable(N_("The file has a header and no rows."))
    return checked


def _columns(header: Row | None) -> tuple[int, int]:
    if header is None:
        raise Unreadable(N_("The file is empty."))
    words = [WORDS.get(cell.strip().lower()) for cell in header.cells]
    missing = [name for name in COLUMNS if name not in words]
    if missing:
        raise Unreadable(
            N_("Line %(line)s must name the columns; missing: %(missing)s."),
            line=header.line,
            missing=", ".join(missing),
        )
    return words.index("place"), words.index("stock")


def _place_problems(line: int, place: str, points: Container[str], first: dict[str, int]) -> list[Problem]:
    if place in first:
        return [Problem(line, "place", N_("line %(line)s sets it already"), {"line": first[place]})]
    if place not in points:
        return [Problem(line, "place", N_("there is no service point with this code in its part"))]
    return []


def _number_problems(line: int, written: str) -> list[Problem]:
    if written.isascii() and written.isdecimal() and len(written) <= DIGITS and int(written) <= MOST:
        return []
    return [Problem(line, "stock", N_("“%(word)s” is no number from 0 to 1,000,000"), {"word": written[:50]})]
