"""Output formats of ``huiyin indexes show``."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from survey.indexes.rules.figures import Figures

DECIMALS = 6
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class FigureLine:
    """The figures of a place, or of an employee and the place ``at`` which they serve.

    Weighted figures have ``effective_n``; the n of their questions and NPS are effective numbers, too.
    """

    place: str
    name: str
    at: str | None
    figures: Figures
    effective_n: float | None = None


def as_json(lines: Sequence[FigureLine]) -> str:
    return json.dumps([_document(line) for line in lines], ensure_ascii=False, indent=2) + "\n"


def as_csv(lines: Sequence[FigureLine]) -> str:
    """Return CSV with a row for each line, nested keys joined by dots. A text that a spreadsheet would run as
    a formula gets an apostrophe before it."""
    rows = [_flatten(_document(line)) for line in lines]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({column: _escape_formula(value) for column, value in row.items()} for row in rows)
    return out.getvalue()


def as_table(lines: Sequence[FigureLine]) -> str:
    """Return aligned columns for people: index, dimensions and NPS are rounded."""
    dimensions = list(lines[0].figures.dimensions) if lines else []
    weighted = bool(lines) and lines[0].effective_n is not None
    head = ["place", "name", "n", *(["effective n"] if weighted else []), "index", *dimensions, "NPS"]
    rows = [head]
    for line in lines:
        figures = line.figures
        scores = [figures.dimensions[name].score for name in dimensions]
        nps = figures.nps.score if figures.nps else None
        where = line.place if line.at is None else f"{line.place} @ {line.at}"
        numbers = [_decimals(score, 1) for score in (figures.index, *scores)]
        counted = [str(figures.n), *([_decimals(line.effective_n, 1)] if weighted else [])]
        rows.append([where, line.name, *counted, *numbers, _decimals(nps, 2)])
    widths = [max(_width(row[i]) for row in rows) for i in range(len(head))]
    return "".join("  ".join(_cells(row, widths)).rstrip() + "\n" for row in rows)


FORMATS: Mapping[str, Callable[[Sequence[FigureLine]], str]] = {
    "table": as_table,
    "json": as_json,
    "csv": as_csv,
}


def _document(line: FigureLine) -> dict[str, Any]:
    at = {} if line.at is None else {"at": line.at}
    figures: dict[str, Any] = _round_figures(asdict(line.figures))
    return {"place": line.place, "name": line.name, **at, **_weights(line), **figures}


def _weights(line: FigureLine) -> dict[str, float | None]:
    """Return the effective n of weighted figures and the design effect; unweighted figures have neither."""
    if line.effective_n is None:
        return {}
    effect = line.figures.n / line.effective_n if line.effective_n else None
    weights: dict[str, float | None] = _round_figures(
        {"effective_n": line.effective_n, "design_effect": effect}
    )
    return weights


def _round_figures(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _round_figures(figure) for key, figure in value.items()}
    return round(value, DECIMALS) if isinstance(value, float) else value


def _flatten(document: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{before}{key}.")
        else:
            flat[before + key] = value
    return flat


def _escape_formula(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(FORMULA) else value


def _decimals(value: float | None, number: int) -> str:
    return "–" if value is None else f"{value:.{number}f}"


def _width(text: str) -> int:
    """Return the columns of a terminal that the text takes: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _cells(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    gaps = [" " * (width - _width(text)) for text, width in zip(row, widths, strict=True)]
    return [text + gap if i < 2 else gap + text for i, (text, gap) in enumerate(zip(row, gaps, strict=True))]
