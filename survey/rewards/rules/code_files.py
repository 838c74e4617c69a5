"""Rules that read a file of a partner's coupon codes: each line has a code in its first column."""

import csv
from collections.abc import Container

from survey.places.rules.naming import text_reason
from survey.refusal import N_
from survey.tabular import Checked, Problem, Unreadable, delimiter

LONGEST = 64
MOST = 50_000
HEADERS = frozenset({"code", "codes", "coupon", "coupon code", "券码", "兑换码", "优惠码", "卡密", "编码"})


def read(text: str) -> list[tuple[int, str]]:
    """Return (line, code) of every line, also of an empty one; a heading is left out. Raises Unreadable."""
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise Unreadable(N_("The file is empty."))
    if len(lines) > MOST:
        raise Unreadable(N_("The file has more than %(most)s rows. Split it."), most=MOST)
    separator = delimiter(text)
    codes = [(number, _first_cell(line, separator)) for number, line in enumerate(lines, 1)]
    return codes[1:] if codes[0][1].lower() in HEADERS else codes


def check(lines: list[tuple[int, str]], known: Container[str]) -> Checked[str]:
    """Sort the lines into valid codes and problems, in the order of the file.

    ``known`` are the codes that the reward already has.
    """
    checked = Checked[str]()
    first: dict[str, int] = {}
    for line, code in lines:
        reason = _reason(code, known) or text_reason(code, LONGEST)
        if reason is None and code in first:
            reason = N_("is already on line %(line)s"), {"line": first[code]}
        if reason is not None:
            checked.problems.append(Problem(line, code[:LONGEST], reason[0], reason[1]))
        else:
            first[code] = line
            checked.rows.append(code)
    return checked


def _reason(code: str, known: Container[str]) -> tuple[str, dict[str, object]] | None:
    if not code:
        return N_("is empty"), {}
    if code in known:
        return N_("has already been uploaded"), {}
    return None


def _first_cell(line: str, separator: str) -> str:
    """Return the first cell of a line, or the whole line when it is not valid CSV."""
    try:
        cells = next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return line.strip()
    return cells[0].strip() if cells else ""
