"""The use case "import": answers that another tool collected become responses."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path

from survey.places import layout
from survey.questionnaires.definition import Definition
from survey.questionnaires.rules import careless
from survey.transaction import let_others_write, snapshot, transaction

from . import queries
from .destination import Destination
from .mapping import ImportRefused, Mapping
from .rows import Count, Fault, ImportedRow, Reader
from .source import Source

CHANNEL = "import"
LOCALE = "und"  # BCP 47 for "undetermined": the file does not say in which language they answered
CHUNK = 20_000  # rows of a transaction: SQLite lets nobody else write for so long


@dataclass(frozen=True)
class Outcome:
    """The result of an import or a preview. ``known`` rows were stored already.

    ``places`` are the codes of the service points that were missing; ``parent`` and ``questionnaire`` say
    whether those were missing, too.
    """

    count: Count
    new: int
    known: int
    places: tuple[str, ...]
    parent: bool
    questionnaire: bool


class BadRows(ImportRefused):
    """Rows of the file have faults and are not to be skipped, so nothing is written."""

    def __init__(self, count: Count) -> None:
        super().__init__(f"{count.bad:,} of {count.rows:,} rows are bad")
        self.count = count


class Unfinished(ImportRefused):
    """An import that had to end after ``new`` rows were written."""

    def __init__(self, reason: str, new: int) -> None:
        super().__init__(reason)
        self.new = new


@dataclass(frozen=True)
class Import:
    """A file and its mapping. Call check() first, then preview() or write(); each reads all rows.

    A row is identified by the file's digest and its number, so that the same file adds nothing when it is
    imported again, whatever the mapping.
    """

    source: Source
    mapping: Mapping
    today: date
    place_faults: dict[str, str] = field(default_factory=dict)  # by code, as check() found them

    @classmethod
    def of(cls, path: Path, mapping: Mapping, today: date) -> "Import":
        return cls(Source.of(path), mapping, today)

    def check(self, report: Callable[[Fault], None], skip_bad: bool) -> None:
        """Pass each fault to ``report``.

        Raises BadRows when there are any and ``skip_bad`` is false, ImportRefused for an unreadable file.
        """
        with snapshot(), self.source.open() as file:
            there = Destination.look_up(self.mapping)
            reader = Reader(self.mapping, there.fault, report, self.today)
            for _ in reader.rows(file):
                pass
        self.place_faults.update(there.faults)
        if reader.count.bad and not skip_bad:
            raise BadRows(reader.count)

    def write(self) -> Outcome:
        """Add the good rows, and the places and the questionnaire that they need, in a transaction a chunk.

        Customers can submit between the chunks. Writing is idempotent: after an interruption, writing again
        adds what is missing. Raises Unfinished when it has to stop after some rows, ImportRefused before any.
        """
        made = Outcome(Count(), 0, 0, (), False, False)
        reader = self._reader()
        try:
            with self.source.open() as file:
                for chunk in _chunks(reader.rows(file)):
                    made = self._add(chunk, made)
                    let_others_write()
        except (ImportRefused, layout.Refused) as refused:
            raise Unfinished(str(refused), made.new) if made.new else ImportRefused(str(refused)) from None
        return replace(made, count=reader.count, known=reader.count.good - made.new)

    def preview(self) -> Outcome:
        """Return what write() would do."""
        with snapshot() as session:
            queries.begin_bulk(session)
            there = Destination.look_up(self.mapping)
            reader = self._reader()
            new = 0
            missing: set[str] = set()
            with self.source.open() as file:
                for chunk in _chunks(reader.rows(file)):
                    self._refuse_other_mapping(chunk[0])
                    missing |= {row.place for row in chunk} - there.ids.keys()
                    staged = self._bulk(chunk, there)
                    new += len(chunk) - len(staged) + queries.count_new(session, staged)
        good = reader.count.good
        parent, version = there.parent is None, there.version is None
        return Outcome(
            reader.count,
            new,
            good - new,
            tuple(sorted(missing)),
            bool(good and parent),
            bool(good and version),
        )

    def _reader(self) -> Reader:
        """Return a reader that leaves out the rows that check() rejected, and no others."""
        return Reader(
            self.mapping, lambda code: self.place_faults.get(code, ""), lambda _fault: None, self.today
        )

    def _add(self, chunk: list[ImportedRow], made: Outcome) -> Outcome:
        """Add a chunk in a transaction of its own; return ``made`` with its results.

        It looks up the destination again, since another import or staff may have changed it.
        """
        with transaction() as session:
            queries.begin_bulk(session)
            self._refuse_other_mapping(chunk[0])
            there = Destination.look_up(self.mapping)
            parent, version = there.parent is None, there.version is None
            there.make(session, {row.place for row in chunk}, self.today)
            new = queries.add_bulk(session, self._bulk(chunk, there))
            queries.end_bulk(session)
        return replace(
            made,
            new=made.new + new,
            places=tuple(sorted((*made.places, *there.made))),
            parent=made.parent or parent,
            questionnaire=made.questionnaire or version,
        )

    def _bulk(self, chunk: list[ImportedRow], there: Destination) -> list[queries.BulkRow]:
        """Return the rows to store, without those at places that do not exist."""
        version = there.version.id if there.version else 0
        ids, row_id = there.ids, self.source.row_id
        asked = there.version.definition if there.version else Definition.parse(self.mapping.document)
        return [
            (
                ids[row.place],
                row_id(row.number),
                None,
                version,
                row.day,
                CHANNEL,
                LOCALE,
                row.answers,
                careless.find_signs(asked, json.loads(row.answers)).signs,
            )
            for row in chunk
            if row.place in ids
        ]

    def _refuse_other_mapping(self, row: ImportedRow) -> None:
        elsewhere = set(queries.places_with([self.source.row_id(row.number)])) - {row.place}
        if elsewhere:
            raise ImportRefused(
                f"this file is imported already, with another mapping: line {row.line} is at"
                f" {min(elsewhere)}, not at {row.place}"
            )


def _chunks(rows: Iterator[ImportedRow]) -> Iterator[list[ImportedRow]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
