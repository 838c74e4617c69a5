"""Tables of an export, at random, and by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import strategies as st

from survey.questionnaires.definition import NOT_APPLICABLE
from survey.responses.export.columns import Cell, ExportColumn
from survey.responses.export.table import ExportPage, ExportTable, SeparateText

NASTY = (
    "=1+1",
    "+86 138",
    "-3",
    "@SUM(A1)",
    "＝1",
    'He said "no", twice',
    "first\nsecond",
    "a\tb",
    "好, 很好；“满意”",
    "😀👩‍🔧",
    "_x000D_",
    "</t></is>&amp;",
    "na",
    "0",
)
"""What a customer may write, and a careless file would not survive."""

LONG = "等" * 200
ABOUT = (
    ExportColumn("response", "Response", "whole"),
    ExportColumn("day", "Day", "date"),
    ExportColumn("place_name", "Name of the place", "text"),
)
LABELS: dict[Cell, str] = {1: "Bad", 2: "=Fair", 3: "Good"}
NA: dict[Cell, str] = {NOT_APPLICABLE: "Not applicable"}
RATING = ExportColumn(
    "q", "Quality", "whole", "q", "q", labels=LABELS | NA, spelled=True, not_applicable=True
)
CHOICE = ExportColumn("pick", "Pick", "choice", "pick", "pick", labels={"-a": "Ä", "b": "乙"}, spelled=True)
NUMBER = ExportColumn(
    "size", "Size", "number", "size", "size", labels=NA, not_applicable=True, decimals=2, kind="number"
)
TEXT = ExportColumn("comment", "Comment", "text", "comment", "comment", written=True)
DATE = ExportColumn("when", "When", "date", "when", "when")
UNUSED = ExportColumn("unused", "Nobody answered", "whole", "unused", "unused")
ANSWERS = (RATING, CHOICE, NUMBER, TEXT, DATE, UNUSED)

days = st.dates(date(1900, 3, 1), date(2100, 12, 31)).map(date.isoformat)
texts = st.sampled_from([*NASTY, LONG]) | (
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=40)
    .map(str.strip)
    .filter(bool)
)
rows = st.lists(
    st.tuples(
        st.integers(1, 2_000_000),
        days,
        texts,
        st.sampled_from([None, 1, 2, 3, NOT_APPLICABLE]),
        st.sampled_from([None, "-a", "b"]),
        st.none() | st.just(NOT_APPLICABLE) | st.integers(-(10**14), 10**14).map(lambda n: n / 100),
        st.none() | texts,
        st.none() | days,
        st.none(),
    ).map(list),
    max_size=12,
)


def table(
    exported_rows: Iterable[list[Cell]],
    loose: Iterable[SeparateText] = (),
    answers: tuple[ExportColumn, ...] = ANSWERS,
):
    """A table of these rows, in pages of five."""
    exported_rows = list(exported_rows)
    pages = [ExportPage(exported_rows[i : i + 5], []) for i in range(0, len(exported_rows), 5)] + [
        ExportPage([], list(loose))
    ]
    columns = ABOUT + answers
    widths = {
        column.name: max(
            (len(str(row[i]).encode()) for row in exported_rows if row[i] is not None), default=0
        )
        for i, column in enumerate(columns)
    }
    return ExportTable("A title", "en", date(2026, 11, 24), ABOUT, answers, pages, lambda: widths)
