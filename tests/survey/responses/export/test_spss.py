from datetime import date

import pyreadstat
import pytest
from hypothesis import given, settings

from survey.responses.export import spss, spss_compression
from survey.responses.export.columns import ExportColumn
from tests.survey.responses.export.tables import ABOUT, LONG, RATING, TEXT, rows, table

CODES = {"-a": 1.0, "b": 2.0}
TITLE = "满意度"


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("spss") / "exported.sav"


def read(path, wanted, **how):
    path.write_bytes(b"".join(spss.sav(wanted)))
    columns, about = pyreadstat.read_sav(str(path), output_format="dict", **how)
    return {name: list(values) for name, values in columns.items()}, about


def stored(cell, codes=()):
    if cell == "na":
        return -9.0
    return dict(codes).get(cell, cell)


def is_empty(cell):
    return cell is None or cell != cell


@given(rows)
@settings(deadline=None)
def test_another_reader_finds_what_was_written(path, exported_rows):
    columns, _about = read(path, table(exported_rows), user_missing=True)
    got = [
        tuple(None if is_empty(cell) else cell for cell in row) for row in zip(*columns.values(), strict=True)
    ]
    wanted = [
        (
            float(number),
            date.fromisoformat(day),
            place,
            stored(rating),
            stored(choice, CODES),
            -9e15 if size == "na" else size,
            text or "",
            date.fromisoformat(when) if when else None,
            None,
        )
        for number, day, place, rating, choice, size, text, when, _unused in exported_rows
    ]
    assert got == wanted


def test_variables_and_values_carry_their_labels(path):
    _columns, about = read(path, table([]))
    assert about.column_names_to_labels["q"] == "Quality"
    assert about.variable_value_labels["q"] == {1.0: "Bad", 2.0: "=Fair", 3.0: "Good", -9.0: "Not applicable"}
    assert about.variable_value_labels["pick"] == {1.0: "Ä", 2.0: "乙"}
    assert about.variable_measure["q"] == "ordinal"
    assert about.variable_measure["pick"] == "nominal"
    assert about.file_encoding == "UTF-8"
    assert about.file_label == "A title"


def test_not_applicable_is_a_missing_value(path):
    row = [1, "2026-11-02", "P", "na", None, "na", None, None, None]
    columns, about = read(path, table([row]))
    assert is_empty(columns["q"][0])
    assert is_empty(columns["size"][0])
    assert about.missing_ranges == {}
    _columns, about = read(path, table([row]), user_missing=True)
    assert about.missing_ranges["q"] == [{"lo": -9.0, "hi": -9.0}]
    assert about.missing_ranges["size"] == [{"lo": -9e15, "hi": -9e15}]


@pytest.mark.parametrize("length", [1, 8, 84, 85, 86, 168, 169, 200, 255, 256, 700, 2000])
def test_texts_of_any_length_come_back_whole(path, length):
    """Longer than 255 bytes they are spread over several variables."""
    texts = [("等a" * length)[:length], "short", None, "😀" * (length // 4)]
    exported_rows = [[n, None, None, text] for n, text in enumerate(texts)]
    columns, _about = read(path, table(exported_rows, answers=(TEXT,)))
    assert columns["comment"] == [text or "" for text in texts]


def test_what_spss_cannot_name_is_named_otherwise(path):
    names = ["with", "1st", "等候", "q~x", "a" * 70, "a" * 71, "V00001", "end.", "WITH"]
    asked = tuple(ExportColumn(name, f"Label of {name}", "whole", name, name) for name in names)
    columns, about = read(path, table([[1, None, None, *range(len(names))]], answers=asked))
    made = list(columns)[len(ABOUT) :]
    assert [columns[name][0] for name in made] == list(range(len(names)))
    assert [about.column_names_to_labels[name] for name in made] == [f"Label of {name}" for name in names]
    assert len({name.lower() for name in made}) == len(names)


def test_labels_are_cut_between_characters(path):
    asked = (ExportColumn("q", "等" * 200, "whole", "q", "q", labels={1: "待" * 100}),)
    _columns, about = read(path, table([], answers=asked))
    assert about.column_names_to_labels["q"] == "等" * 85
    assert about.variable_value_labels["q"] == {1.0: "待" * 40}


def test_a_text_that_turned_out_longer_than_foreseen_is_cut(path):
    few = table([[1, None, None, LONG]], answers=(TEXT,))
    object.__setattr__(few, "widths", lambda: {"comment": 10})
    columns, _about = read(path, few)
    assert columns["comment"] == ["等等等"]


def test_many_rows_are_packed_alike():
    """Whatever fills eight codes, and wherever a page ends."""
    for number in range(20):
        few = table([[n, None, None, n % 3] for n in range(number)], answers=(RATING,))
        data = b"".join(spss.sav(few))
        assert data.count(bytes([spss_compression.END])) >= 1
