from __future__ import annotations

import csv
import io
import json

import pytest

from survey.cli.indexes_output import FORMATS, FigureLine, as_csv, as_json, as_table
from survey.indexes.rules.figures import DimensionFigures, Figures, NpsFigures, QuestionFigures

QUESTIONS = {"q": QuestionFigures(3, 4 + 1 / 3, 83 + 1 / 3)}
DIMENSIONS = {"quality": DimensionFigures(3, 83 + 1 / 3)}
KNOWN = Figures(3, 83 + 1 / 3, DIMENSIONS, QUESTIONS, NpsFigures(3, 100 / 3, 1, 2, 0))
UNKNOWN = Figures(0, None, {"quality": DimensionFigures(None, None)}, {}, None)
LINES = [FigureLine("P1", "北京", None, KNOWN), FigureLine("E1", "Li", "P1", UNKNOWN)]


def test_json_rounds_and_keeps_what_is_not_known():
    first, second = json.loads(as_json(LINES))
    assert (first["place"], first["n"], first["index"]) == ("P1", 3, 83.333333)
    assert first["nps"]["score"] == 33.333333
    assert "at" not in first
    assert (second["at"], second["index"], second["nps"]) == ("P1", None, None)


def test_csv_has_a_column_for_every_key_of_any_row():
    first, second = csv.DictReader(io.StringIO(as_csv(LINES)))
    assert first["questions.q.mean"] == "4.333333"
    assert first["nps.promoters"] == "1"
    assert (second["at"], second["questions.q.mean"]) == ("P1", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a", "\t=1"])
def test_a_spreadsheet_computes_no_name(name: str):
    [row] = csv.DictReader(io.StringIO(as_csv([FigureLine("P1", name, None, KNOWN)])))
    assert row["name"] == "'" + name


def test_the_table_lines_up_chinese_and_latin_and_shows_a_dash_for_nothing():
    head, first, second = as_table(LINES).splitlines()
    assert head.split() == ["place", "name", "n", "index", "quality", "NPS"]
    assert first.split() == ["P1", "北京", "3", "83.3", "83.3", "33.33"]
    assert second.split() == ["E1", "@", "P1", "Li", "0", "–", "–", "–"]
    assert first.index("3  ") + 2 == second.index("0  "), "北京 takes the width of four letters"


def test_no_lines_are_still_what_the_format_says():
    assert json.loads(FORMATS["json"]([])) == []
    assert FORMATS["csv"]([]).strip() == ""
    assert FORMATS["table"]([]).split() == ["place", "name", "n", "index", "NPS"]
