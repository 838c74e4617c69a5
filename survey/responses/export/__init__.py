"""Exports of responses: one module per format, which turns a stream of rows into a stream of bytes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from .delimited import columns, long, wide
from .parquet import parquet
from .spss import sav
from .table import ExportTable
from .workbook import xlsx

__all__ = ["FORMATS", "Format"]


@dataclass(frozen=True)
class Format:
    """A file format: ``write`` streams a table as a file, whose name ends in ``suffix``."""

    write: Callable[[ExportTable], Iterator[bytes]]
    suffix: str
    mimetype: str


CSV = "text/csv; charset=utf-8"
FORMATS: Mapping[str, Format] = {
    "csv": Format(wide, ".csv", CSV),
    "long": Format(long, "-long.csv", CSV),
    "xlsx": Format(xlsx, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "sav": Format(sav, ".sav", "application/x-spss-sav"),
    "parquet": Format(parquet, ".parquet", "application/vnd.apache.parquet"),
    "columns": Format(columns, "-columns.csv", CSV),
}
