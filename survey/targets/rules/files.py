"""A file of targets, row by row: place, questionnaire, figure, month and value."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from survey.indexes.rules.figure_names import DIMENSION, INDEX, NPS, SATISFIED
from survey.refusal import N_
from survey.tabular import Checked, Problem, Row, records

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
class Aim:
    """A good row. ``questionnaire`` is "" for all; ``months`` their first days; ``value`` None removes."""

    line: int
    place: str
    questionnaire: str
    figure: str
    months: tuple[date, ...]
    value: float | None


def check(rows: Iterable[Row], mine: Collection[str], figures: Mapping[str, Collection[str]]) -> Checked[Aim]:
    """Sort the rows under their header into good and bad, with every reason. Raises tabular.Unreadable when
    there is no table of targets in them.

    ``mine``: the codes of the places of which the person may set targets; ``figures``: by questionnaire ("":
    all) the figures that it has.
    """
    checked = Checked[Aim]()
    lines: dict[tuple[str, str, str, date], int] = {}
    for line, cells in records(rows, COLUMNS, *NEEDED):
        aim = _aim(line, cells)
        problems = [*_reasons(aim, cells, mine, figures), *_twice(aim, lines)]
        checked.problems.extend(problems)
        if not problems:
            checked.rows.append(aim)
    return checked


def _aim(line: int, cells: Mapping[str, str]) -> Aim:
    """Return the row as far as it can be read: without months, or value, where it cannot."""
    figure = cells["figure"].lower()
    figure = FIGURE_WORDS.get(figure, figure)
    if figure not in (INDEX, NPS, SATISFIED) and not figure.startswith(DIMENSION):
        figure = DIMENSION + figure
    written = cells["value"]
    value = float(written.replace("−", "-")) if NUMBER.fullmatch(written) else None
    return Aim(line, cells["place"], cells.get("questionnaire", ""), figure, _months(cells["month"]), value)


def _months(written: str) -> tuple[date, ...]:
    """Return a month, or all of a year."""
    found = MONTH.fullmatch(written)
    if not found:
        return ()
    year, month = int(found[1]), found[2]
    return (date(year, int(month), 1),) if month else tuple(date(year, n, 1) for n in range(1, 13))


def _reasons(
    aim: Aim, cells: Mapping[str, str], mine: Collection[str], figures: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    if aim.place not in mine:
        yield Problem(aim.line, "place", N_("there is no unit with this code in your scope"))
    if aim.questionnaire not in figures:
        yield Problem(aim.line, "questionnaire", N_("there is no questionnaire of this name"))
    elif aim.figure not in figures[aim.questionnaire]:
        text = N_("“%(word)s” is not one of its metrics: %(known)s")
        known = ", ".join(name.removeprefix(DIMENSION) for name in sorted(figures[aim.questionnaire]))
        yield Problem(aim.line, "figure", text, {"word": cells["figure"][:50], "known": known})
    if not aim.months:
        text = N_("“%(word)s” is neither a month such as 2026-11 nor a year such as 2026")
        yield Problem(aim.line, "month", text, {"word": cells["month"][:50]})
    if cells["value"] and (aim.value is None or not is_possible(aim.figure, aim.value)):
        text = N_("“%(word)s” is out of range for the metric")
        yield Problem(aim.line, "value", text, {"word": cells["value"][:50]})


def _twice(aim: Aim, lines: dict[tuple[str, str, str, date], int]) -> Iterator[Problem]:
    for month in aim.months:
        before = lines.setdefault((aim.place, aim.questionnaire, aim.figure, month), aim.line)
        if before != aim.line:
            yield Problem(aim.line, "month", N_("already set on line %(line)s"), {"line": before})
            return
