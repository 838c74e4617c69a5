"""The rules for a file of targets; each row has a place, questionnaire, figure, month and value."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from survey.indexes.rules.figure_names import DIMENSION, INDEX, NPS, SATISFIED
from survey.refusal import N_
from survey.tabular import Checked, Problem, TableRow, records

from .targets import is_possible

COLUMNS = {
    "place": ("place", "unit code", "机构编码", "编码", "服务点"),
    "questionnaire": ("questionnaire", "问卷"),
    "figure": ("figure", "metric", "指标"),
    "month": ("month", "月份"),
    "value": ("value", "target", "目标", "目标值"),
}
NEEDED = (("place",), ("figure",), ("month",), ("value",))
FIGURE_WORDS = {
    "指数": INDEX,
    "满意率": SATISFIED,
    "质量": DIMENSION + "quality",
    "效果": DIMENSION + "effectiveness",
    "创新": DIMENSION + "innovation",
    "价值": DIMENSION + "value",
}
MONTH = re.compile(r"(20\d\d)(?:[-/.年](0?[1-9]|1[0-2])月?|年)?")
NUMBER = re.compile(r"[-−]?\d{1,3}(?:[.]\d{1,4})?")


@dataclass(frozen=True)
class TargetRow:
    """A row of a file of targets. ``questionnaire`` is "" for all; ``months`` are their first days; the
    ``value`` None removes the targets of these months."""

    line: int
    place: str
    questionnaire: str
    figure: str
    months: tuple[date, ...]
    value: float | None


def check(
    rows: Iterable[TableRow], codes: Collection[str], figures: Mapping[str, Collection[str]]
) -> Checked[TargetRow]:
    """Return the rows under their header sorted into good and bad, with every reason. Raises
    tabular.Unreadable when the rows are not a table of targets.

    ``codes`` are those of the places for which the user may set targets; ``figures`` has, by questionnaire
    ("": all), the figures that can have targets.
    """
    checked = Checked[TargetRow]()
    lines: dict[tuple[str, str, str, date], int] = {}
    for line, cells in records(rows, COLUMNS, *NEEDED):
        row = _parse_row(line, cells)
        problems = [*_reasons(row, cells, codes, figures), *_duplicates(row, lines)]
        checked.problems.extend(problems)
        if not problems:
            checked.rows.append(row)
    return checked


def _parse_row(line: int, cells: Mapping[str, str]) -> TargetRow:
    """Return the row as far as it can be parsed: months are empty, and value is None, where they cannot
    be."""
    figure = cells["figure"].lower()
    figure = FIGURE_WORDS.get(figure, figure)
    if figure not in (INDEX, NPS, SATISFIED) and not figure.startswith(DIMENSION):
        figure = DIMENSION + figure
    value_text = cells["value"]
    value = float(value_text.replace("−", "-")) if NUMBER.fullmatch(value_text) else None
    return TargetRow(
        line, cells["place"], cells.get("questionnaire", ""), figure, _parse_months(cells["month"]), value
    )


def _parse_months(text: str) -> tuple[date, ...]:
    """Return the first day of a month, or those of all months of a year; nothing for other texts."""
    match = MONTH.fullmatch(text)
    if not match:
        return ()
    year, month = int(match[1]), match[2]
    return (date(year, int(month), 1),) if month else tuple(date(year, n, 1) for n in range(1, 13))


def _reasons(
    row: TargetRow, cells: Mapping[str, str], codes: Collection[str], figures: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield every problem of a row by itself."""
    if row.place not in codes:
        yield Problem(row.line, "place", N_("there is no unit with this code in your scope"))
    if row.questionnaire not in figures:
        yield Problem(row.line, "questionnaire", N_("there is no questionnaire of this name"))
    elif row.figure not in figures[row.questionnaire]:
        text = N_("“%(word)s” is not one of its metrics: %(known)s")
        known = ", ".join(name.removeprefix(DIMENSION) for name in sorted(figures[row.questionnaire]))
        yield Problem(row.line, "figure", text, {"word": cells["figure"][:50], "known": known})
    if not row.months:
        text = N_("“%(word)s” is neither a month such as 2026-11 nor a year such as 2026")
        yield Problem(row.line, "month", text, {"word": cells["month"][:50]})
    if cells["value"] and (row.value is None or not is_possible(row.figure, row.value)):
        text = N_("“%(word)s” is out of range for the metric")
        yield Problem(row.line, "value", text, {"word": cells["value"][:50]})


def _duplicates(row: TargetRow, lines: dict[tuple[str, str, str, date], int]) -> Iterator[Problem]:
    """Yield a problem where an earlier line has a target of the same month; ``lines`` remembers the first
    line of each key."""
    for month in row.months:
        before = lines.setdefault((row.place, row.questionnaire, row.figure, month), row.line)
        if before != row.line:
            yield Problem(row.line, "month", N_("already set on line %(line)s"), {"line": before})
            return
