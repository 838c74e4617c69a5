"""Write Parquet files page by page, in a thread of their own: the writer pulls rows while ours are pushed."""

import json
import queue
import threading
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from survey.questionnaires.definition import NOT_APPLICABLE

from .columns import Cell, ExportColumn, ExportRow
from .table import ExportTable

GROUP = 50_000  # rows; a group of rows is held in memory
AHEAD = 2  # pages that may wait to be written


class _QueueSink:
    """A write-only file that puts the bytes written into a queue."""

    closed = False

    def __init__(self, chunks: "queue.SimpleQueue[bytes]") -> None:
        self.chunks, self.length = chunks, 0

    def write(self, data: bytes) -> int:
        self.chunks.put(bytes(data))
        self.length += len(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: all bytes are in the queue already."""

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """Return the length without seeking: the writer calls it once before it writes, and never seeks."""
        return self.length

    def tell(self) -> int:
        return self.length


class Interrupted(Exception):
    """The reader of the file stopped before its end."""


def parquet(table: ExportTable) -> Iterator[bytes]:
    """Yield a Parquet file: whole numbers are int64, others doubles, dates are days, the rest texts.

    Labels are in the fields' metadata. For an answer "not applicable" the cell is empty and a column ``….na``
    is true.
    """
    pages: queue.Queue[list[ExportRow] | Interrupted | None] = queue.Queue(AHEAD)
    chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            _write(table, iter(pages.get, None), _QueueSink(chunks))
        except BaseException as failure:
            failures.append(failure)

    writer = threading.Thread(target=write, name="parquet")
    writer.start()
    try:
        for page in filter(lambda page: page.rows, table.pages):
            _put(pages, page.rows, writer)
            while not chunks.empty():
                yield chunks.get()
        _put(pages, None, writer)
        writer.join()
    except BaseException:
        _put(pages, Interrupted(), writer)
        writer.join()
        raise
    if failures:
        raise failures[0]
    while not chunks.empty():
        yield chunks.get()


def _put(pages: "queue.Queue[Any]", page: object, writer: threading.Thread) -> None:
    """Put a page into the queue; wait for room as long as the writer is alive."""
    while writer.is_alive():
        try:
            pages.put(page, timeout=1)
            return
        except queue.Full:
            continue


def _write(table: ExportTable, pages: Iterator[list[ExportRow] | Interrupted], sink: _QueueSink) -> None:
    from arro3.core import RecordBatchReader, Schema  # 12 MB that only exports need
    from arro3.io import write_parquet

    mapped_fields = [field for column in table.columns for field in _fields(column)]
    schema = Schema([field for field, _index, _change in mapped_fields])
    write_parquet(
        RecordBatchReader.from_batches(schema, _batches(schema, mapped_fields, table.columns, pages)),
        sink,  # type: ignore[arg-type]
        compression="zstd(1)",
        max_row_group_size=GROUP,
        key_value_metadata={"title": table.title},
    )


def _batches(
    schema: Any, mapped_fields: list[Any], columns: tuple[ExportColumn, ...], pages: Iterator[Any]
) -> Iterator[Any]:
    from arro3.core import Array, DataType, RecordBatch

    position = {column.name: i for i, column in enumerate(columns)}
    for page in pages:
        if isinstance(page, Interrupted):
            raise page
        cells = list(zip(*page, strict=True))
        arrays = []
        for field, name, convert in mapped_fields:
            column = cells[position[name]]
            values = [convert(cell) for cell in column] if convert else list(column)
            is_day = field.type == DataType.date32()
            array = Array(values, DataType.int32() if is_day else field.type)
            arrays.append(array.cast(field.type) if is_day else array)
        yield RecordBatch.from_arrays(arrays, schema=schema)


def _fields(column: ExportColumn) -> Iterator[tuple[Any, str, Any]]:
    """Yield (field, name of its column, conversion of a cell or None) for each field of a column."""
    from arro3.core import DataType, Field

    types = {"whole": DataType.int64(), "number": DataType.float64(), "date": DataType.date32()}
    conversions = {"whole": _number, "number": _decimal, "date": _day}
    labels = {"labels": json.dumps({str(k): v for k, v in column.labels.items()}, ensure_ascii=False)}
    metadata = {"label": column.label} | (labels if column.labels else {})
    kind = types.get(column.type, DataType.string())
    convert = None if column.type == "whole" and not column.not_applicable else conversions.get(column.type)
    yield Field(column.name, kind, metadata=metadata), column.name, convert
    if column.not_applicable and column.is_numeric:
        yield Field(f"{column.name}.na", DataType.bool()), column.name, _is_na


def _number(cell: Cell) -> Cell:
    return None if cell == NOT_APPLICABLE else cell


def _decimal(cell: Cell) -> float | None:
    return None if cell is None or cell == NOT_APPLICABLE else float(cell)


def _is_na(cell: Cell) -> bool:
    return cell == NOT_APPLICABLE


@cache
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal()


def _day(cell: Cell) -> int | None:
    return None if cell is None else _ordinal(str(cell))
