import importlib
import threading
from datetime import date

import duckdb
import pytest
from arro3.io import read_parquet
from hypothesis import given, settings

from survey.responses.export.parquet import parquet
from tests.survey.responses.export.tables import rows, table

MODULE = importlib.import_module("survey.responses.export.parquet")  # whose function has the same name


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("parquet") / "exported.parquet"


def read(path, wanted):
    path.write_bytes(b"".join(parquet(wanted)))
    with duckdb.connect() as connection:
        relation = connection.read_parquet(str(path))
        return relation.columns, relation.types, relation.fetchall()


@given(rows)
@settings(deadline=None)
def test_another_reader_finds_what_was_written(path, exported_rows):
    names, types, got = read(path, table(exported_rows))
    assert names[3:8] == ["q", "q.na", "pick", "size", "size.na"]
    assert [str(type_name) for type_name in types[:5]] == ["BIGINT", "DATE", "VARCHAR", "BIGINT", "BOOLEAN"]
    wanted = [
        (
            number,
            date.fromisoformat(day),
            place,
            None if rating == "na" else rating,
            rating == "na",
            choice,
            None if size == "na" else size,
            size == "na",
            text,
            date.fromisoformat(when) if when else None,
            None,
        )
        for number, day, place, rating, choice, size, text, when, _unused in exported_rows
    ]
    assert got == wanted


def test_labels_are_in_the_file(path):
    path.write_bytes(b"".join(parquet(table([]))))
    fields = {field.name: field.metadata_str for field in read_parquet(str(path)).schema}
    assert fields["pick"] == {"label": "Pick", "labels": '{"-a": "Ä", "b": "乙"}'}


def test_groups_of_rows_stay_small(path, monkeypatch):
    monkeypatch.setattr(MODULE, "GROUP", 10)
    exported_rows = [[n, "2026-11-02", "P"] + [None] * 6 for n in range(42)]
    assert [row[0] for row in read(path, table(exported_rows))[2]] == list(range(42))
    with duckdb.connect() as connection:
        counted = connection.execute(
            "SELECT max(row_group_num_rows) FROM parquet_metadata(?)", [str(path)]
        ).fetchone()
    assert counted == (10,)


def test_a_reader_that_stops_leaves_no_thread_behind(monkeypatch):
    monkeypatch.setattr(MODULE, "GROUP", 100)

    def endless():
        while True:
            yield from table([[1, "2026-11-02", "P"] + [None] * 6] * 50).pages

    few = table([])
    object.__setattr__(few, "pages", endless())
    before = threading.active_count()
    stream = parquet(few)
    next(stream)
    stream.close()
    assert threading.active_count() == before


def test_an_error_while_reading_is_raised():
    def failing():
        yield from table([[1, "2026-11-02", "P"] + [None] * 6]).pages
        raise LookupError("gone")

    few = table([])
    object.__setattr__(few, "pages", failing())
    with pytest.raises(LookupError, match="gone"):
        b"".join(parquet(few))


def test_an_error_while_writing_is_raised():
    with pytest.raises(Exception, match="x"):
        b"".join(parquet(table([["x", "2026-11-02", "P"] + [None] * 6])))
