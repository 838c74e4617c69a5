"""The use case "import": answers that another tool collected become responses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from survey.places import layout
from survey.transaction import Session, snapshot, transaction

from . import queries
from .destination import Destination
from .mapping import Mapping, Refused
from .rows import Count, Fault, Reader, Row
from .source import Source

CHANNEL = "import"
LOCALE = "und"  # BCP 47 for "undetermined": the file does not say in which language they answered
CHUNK = 10_000


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do. ``known`` rows were there already.

    ``places`` are the codes of the service points that were missing; ``parent`` and ``questionnaire`` tell
    whether those were, too.
    """

    count: Count
    new: int
    known: int
    places: tuple[str, ...]
    parent: bool
    questionnaire: bool


class BadRows(Refused):
    """Rows of the file have faults, and nobody said to skip them: nothing is written."""

    def __init__(self, count: Count) -> None:
        super().__init__(f"{count.bad:,} of {count.rows:,} rows are bad")
        self.count = count


@dataclass(frozen=True)
class Import:
    """A file and its mapping: check() reads every row, then preview() or write() reads them again.

    A row is identified by the file's digest and its number, so that the same file adds nothing when it is
    imported again, whatever the mapping.
    """

    source: Source
    mapping: Mapping
    today: date

    @classmethod
    def of(cls, path: Path, mapping: Mapping, today: date) -> "Import":
        return cls(Source.of(path), mapping, today)

    def check(self, report: Callable[[Fault], None], skip_bad: bool) -> None:
        """Tells ``report`` each fault. Raises BadRows unless bad rows may be skipped; Refused for worse."""
        with snapshot(), self.source.open() as file:
            reader = Reader(self.mapping, Destination.look_up(self.mapping).fault, report, self.today)
            for _ in reader.rows(file):
                pass
        if reader.count.bad and not skip_bad:
            raise BadRows(reader.count)

    def preview(self) -> Outcome:
        """What write() would do."""
        with snapshot() as session:
            queries.begin_bulk(session)
            return self._store(session, write=False)

    def write(self) -> Outcome:
        """Adds the good rows, and the places and the questionnaire that they need: all or nothing."""
        try:
            with transaction() as session:
                queries.begin_bulk(session)
                outcome = self._store(session, write=True)
                queries.end_bulk(session)
                return outcome
        except layout.Refused as refused:
            raise Refused(str(refused)) from None

    def _store(self, session: Session, write: bool) -> Outcome:
        there = Destination.look_up(self.mapping)
        parent, questionnaire = there.parent is None, there.version is None
        reader = Reader(self.mapping, there.fault, lambda _fault: None, self.today)
        new = 0
        missing: set[str] = set()
        with self.source.open() as file:
            for chunk in _chunks(reader.rows(file)):
                self._refuse_other_mapping(chunk[0])
                missing |= {row.place for row in chunk} - there.ids.keys()
                if write:
                    there.make(session, missing, self.today)
                    new += queries.add_bulk(session, self._bulk(chunk, there))
                else:
                    staged = self._bulk(chunk, there)
                    new += len(chunk) - len(staged) + queries.count_new(session, staged)
        known = reader.count.good - new
        made = bool(reader.count.good)
        return Outcome(
            reader.count, new, known, tuple(sorted(missing)), made and parent, made and questionnaire
        )

    def _bulk(self, chunk: list[Row], there: Destination) -> list[queries.BulkRow]:
        """The rows as they are stored, without those at places that are not there."""
        version = there.version.id if there.version else 0
        ids, row_id = there.ids, self.source.row_id
        return [
            (ids[row.place], row_id(row.number), None, version, row.day, CHANNEL, LOCALE, row.answers)
            for row in chunk
            if row.place in ids
        ]

    def _refuse_other_mapping(self, row: Row) -> None:
        elsewhere = set(queries.places_with([self.source.row_id(row.number)])) - {row.place}
        if elsewhere:
            raise Refused(
                f"this file is imported already, with another mapping: line {row.line} is at"
                f" {min(elsewhere)}, not at {row.place}"
            )


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
