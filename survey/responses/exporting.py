"""The use case "export": the responses of a questionnaire as a file.

A complete export has all answers, with day, employee, channel and language. It is for the command line,
whose user can read the database anyway. A released export is for administrators and auditors. It has what the
pages show: a row is a response, under the region of its service point and the quarter in which its batch is
shown (survey/batches); neither point nor employee nor channel is told. Answers that are shown with another
batch are left empty, and customers' own words are apart from their rows. Managers get counts
(survey/reports/counts.py).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from survey import settings
from survey.i18n import text_of
from survey.outgoing import RELEASED_COLUMNS, RESPONSE_COLUMNS, SIGNS
from survey.places.models import Place
from survey.questionnaires import queries as questionnaires
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.rules.careless import ALIKE, BEST, HASTY, TIMED
from survey.transaction import snapshot

from .export import FORMATS, queries
from .export.columns import Cell, ExportColumn, ExportedVersion, Schema, rename_duplicates
from .export.disclosure import shown_signs, whole_quarters
from .export.queries import ExportRegion, ExportSubject, ResponseFilter
from .export.shuffling import Mixer
from .export.table import ExportPage, ExportTable, SeparateText
from .export.words import words

TYPES = {"response": "whole", "day": "date"} | dict.fromkeys(SIGNS, "whole")
PAGE = 2000  # rows, where many small places make them up


@dataclass(frozen=True)
class Export:
    """A request: a questionnaire's responses in the part of the tree at ``top`` (None: everywhere),
    from ``first`` to ``last`` (whole quarters when released), in a language for texts and headings.
    ``withheld``: with the questions that are withheld from whoever is assessed."""

    questionnaire: Questionnaire
    complete: bool
    withheld: bool = False
    top: Place | None = None
    first: date = date.min
    last: date = date.max
    language: str = "zh"

    @property
    def quarters(self) -> tuple[date, date]:
        """Return the first and the last day of the quarters that the period touches."""
        return whole_quarters(self.first, self.last)

    def count(self) -> int:
        """Return how many responses the export covers."""
        with snapshot():
            return queries.count([point.id for point in self._points], self._response_filter)

    def write(self, form: str, progress: Callable[[int], None] = lambda _rows: None) -> Iterator[bytes]:
        """Yield the file in a format (a key of FORMATS), from one snapshot of the database.

        ``progress`` is called with the number of rows of each page.
        """
        with snapshot():
            yield from FORMATS[form].write(self._table(form, progress))

    @property
    def _about_columns(self) -> tuple[str, ...]:
        """Return the columns about a response itself."""
        return RESPONSE_COLUMNS if self.complete else RELEASED_COLUMNS

    @cached_property
    def _versions(self) -> list[ExportedVersion]:
        versions = questionnaires.answered_versions(self.questionnaire)
        return [ExportedVersion(v.id, v.number, v.definition) for v in versions]

    @cached_property
    def _response_filter(self) -> ResponseFilter:
        first, last = (self.first, self.last) if self.complete else self.quarters
        return ResponseFilter([version.id for version in self._versions], first, last, not self.complete)

    @cached_property
    def _points(self) -> list[ExportSubject]:
        return queries.points(self.top)

    @cached_property
    def _regions(self) -> list[ExportRegion]:
        return queries.regions(self.top)

    @cached_property
    def _schema(self) -> Schema:
        return Schema.of(self._versions, self.language, self.complete or self.withheld)

    @cached_property
    def _rows(self) -> Schema:
        """Return the schema of the rows: all columns, or all but customers' own words."""
        return self._schema if self.complete else self._schema.only(written=False)

    @cached_property
    def _employees(self) -> dict[int, ExportSubject]:
        return queries.employees()

    def _table(self, form: str, progress: Callable[[int], None]) -> ExportTable:
        labels = words(self.language)
        yes_no: dict[Cell, str] = {number: labels[answer] for number, answer in ((0, "no"), (1, "yes"))}
        about = tuple(
            ExportColumn(name, labels[name], TYPES.get(name, "text"), labels=yes_no if name in SIGNS else {})
            for name in self._about_columns
        )
        rows = self._complete_rows() if self.complete else self._released_rows(form == "long")
        return ExportTable(
            title=text_of(self.questionnaire.title, self.language),
            language=self.language,
            made=settings.current().today(),
            about=about,
            answers=tuple(rename_duplicates(self._rows.columns, taken=self._about_columns)),
            pages=_paginate(rows, progress),
            widths=self._widths,
        )

    def _complete_rows(self) -> Iterator[list[Cell]]:
        schema = self._rows
        for point in self._points:
            place_cells = self._place_cells(point)
            for page in queries.pages([point.id], self._response_filter):
                for response in page:
                    employee_cells = self._employee_cells(response.employee_id)
                    cells = schema.cells(response.version_id, response.answers)
                    about = (
                        response.day.isoformat(),
                        *place_cells,
                        *employee_cells,
                        response.channel,
                        response.locale,
                        *_sign_cells(response.signs),
                    )
                    yield [0, *about, *cells]

    def _released_rows(self, with_texts: bool) -> Iterator[list[Cell] | SeparateText]:
        """Yield the rows of each region, followed by its customers' own words, shuffled, when asked for."""
        text_schema = self._schema.only(written=True)
        first, last = self.quarters
        least = settings.current().minimum_group
        for region, point_ids in self._regions:
            region_cells = self._place_cells(region)
            withheld = queries.withheld(point_ids, first, last)
            checks = queries.checks(point_ids)
            mixer: Mixer[SeparateText] = Mixer()
            for page in queries.pages(point_ids, self._response_filter):
                for response in page:
                    answers = {
                        code: answer
                        for code, answer in response.answers.items()
                        if (response.batch_id, code) not in withheld
                    }
                    about = (queries.quarter(response.day), *region_cells)
                    signs = shown_signs(response.signs, checks[response.batch_id], least)
                    cells = self._rows.cells(response.version_id, answers)
                    yield [0, *about, *_sign_cells(signs), *cells]
                    if with_texts:
                        texts = zip(
                            text_schema.columns,
                            text_schema.cells(response.version_id, answers),
                            strict=True,
                        )
                        about_text = (*about, *_sign_cells(None))
                        yield from mixer.add(
                            SeparateText(about_text, c, str(text)) for c, text in texts if text
                        )
            yield from mixer.rest()

    def _place_cells(self, point: ExportSubject) -> tuple[str, str]:
        return point.code, (point.name_en if self.language == "en" else "") or point.name

    def _employee_cells(self, employee_id: int | None) -> tuple[Cell, Cell]:
        if employee_id is None:
            return None, None
        employee = self._employees[employee_id]
        return employee.code, employee.name

    def _widths(self) -> dict[str, int]:
        """Return the longest text of each column in bytes, for formats with columns of fixed width."""
        columns = list(rename_duplicates(self._rows.columns, taken=self._about_columns))
        longest = queries.longest(
            [point.id for point in self._points],
            self._response_filter,
            [c.key for c in columns if c.type == "text"],
        )
        widths = {c.name: longest[c.key] for c in columns if c.type == "text"}
        place_cells = [self._place_cells(point) for point in self._points]
        region_cells = [self._place_cells(region) for region, _point_ids in self._regions]
        employee_cells = [(employee.code, employee.name) for employee in self._employees.values()]
        for i, part in enumerate(("code", "name")):
            widths[f"place_{part}"] = _longest_in_bytes(pair[i] for pair in place_cells)
            widths[f"region_{part}"] = _longest_in_bytes(pair[i] for pair in region_cells)
            widths[f"employee_{part}"] = _longest_in_bytes(pair[i] for pair in employee_cells)
        return widths | {"quarter": 7, "channel": 12, "language": 12}


def _sign_cells(signs: int | None) -> tuple[Cell, Cell, Cell]:
    """Return the cells of SIGNS; None where the response was not checked, or its duration is unknown."""
    if signs is None:
        return None, None, None
    hasty = int(bool(signs & HASTY)) if signs & TIMED else None
    return int(bool(signs & ALIKE)), int(bool(signs & BEST)), hasty


def _paginate(
    rows: Iterable[list[Cell] | SeparateText], progress: Callable[[int], None]
) -> Iterator[ExportPage]:
    """Yield pages of rows, each row with its number in the first cell."""
    page, number = ExportPage([], []), 0
    for row in rows:
        if isinstance(row, SeparateText):
            page.loose.append(row)
        else:
            number += 1
            row[0] = number
            page.rows.append(row)
        if len(page.rows) + len(page.loose) >= PAGE:
            progress(len(page.rows))
            yield page
            page = ExportPage([], [])
    if page.rows or page.loose:
        progress(len(page.rows))
        yield page


def _longest_in_bytes(texts: Iterator[str]) -> int:
    return max((len(text.encode()) for text in texts), default=0)
