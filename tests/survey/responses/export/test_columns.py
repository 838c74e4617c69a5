from dataclasses import replace

import pytest

from survey.questionnaires.definition import Definition
from survey.questionnaires.kinds import KINDS
from survey.responses.export.columns import ExportColumn, ExportedVersion, Schema, rename_duplicates
from survey.responses.export.words import words
from tests.survey.answering.documents import EVERY_KIND, in_both, item, options


def asked(number, *items):
    return ExportedVersion(number * 10, number, Definition.parse({"questions": list(items)}))


def schema(*versions, language="en", withheld=True):
    return Schema.of(versions, language, withheld)


def names(of):
    return [column.name for column in of.columns]


def by_name(of):
    return {column.name: column for column in of.columns}


def test_every_kind_has_its_columns_and_contacts_and_statements_have_none():
    assert names(schema(asked(1, *EVERY_KIND))) == [
        *("numbers", "stars", "faces", "words", "likely", "pick", "pick.text", "pick_why"),
        *("several.a", "several.b", "several.z", "solved", "car", "comment", "minutes", "day"),
        *("order.x", "order.y", "order.z", "agree"),
    ]


def test_what_no_version_asks_is_in_no_column():
    columns = schema(asked(1, item("comment", "text")))
    assert columns.cells(10, {"comment": "fine", "phone": "13800138000"}) == ["fine"]


def test_a_question_that_is_stored_apart_has_no_column_whatever_its_kind(monkeypatch):
    monkeypatch.setattr(KINDS["text"], "apart", True)
    assert names(schema(asked(1, item("comment", "text")))) == []


def test_cells_stand_under_their_columns():
    answers = {
        "numbers": 4,
        "pick": "c",
        "pick~other": "mine",
        "several": ["a", "b"],
        "minutes": "na",
        "order": ["z", "x", "y"],
        "agree": 1,
    }
    of = schema(asked(1, *EVERY_KIND))
    cells = dict(zip(names(of), of.cells(10, answers), strict=True))
    assert {name: cell for name, cell in cells.items() if cell is not None} == {
        "numbers": 4,
        "pick": "c",
        "pick.text": "mine",
        "several.a": 1,
        "several.b": 1,
        "several.z": 0,
        "minutes": "na",
        "order.x": 2,
        "order.y": 3,
        "order.z": 1,
        "agree": 1,
    }


def test_what_customers_wrote_is_told_from_what_they_chose():
    of = schema(asked(1, *EVERY_KIND))
    assert names(of.only(written=True)) == ["pick.text", "pick_why", "car", "comment"]
    answers = {"numbers": 2, "car": "A 1"}
    assert of.only(written=True).cells(10, answers) == [None, None, "A 1", None]
    assert of.only(written=False).cells(10, answers)[0] == 2


def test_answers_given_while_they_were_withheld_are_empty_where_a_later_version_shows_its_own():
    old, new = asked(1, item("q"), item("coach", withheld=True)), asked(2, item("q"), item("coach"))
    answers = {"q": 4, "coach": 1}
    shown = schema(new, old, withheld=False)
    assert names(shown) == ["q", "coach"]
    assert (shown.cells(new.id, answers), shown.cells(old.id, answers)) == ([4, 1], [4, None])
    assert schema(new, old).cells(old.id, answers) == [4, 1]


def test_withheld_questions_are_in_no_version_of_whoever_is_assessed():
    old, new = asked(1, item("q"), item("coach")), asked(2, item("q"), item("coach", withheld=True))
    assert names(schema(new, old, withheld=False)) == ["q"]
    assert names(schema(new, old)) == ["q", "coach"]


def test_versions_share_a_column_where_they_ask_the_same():
    old = asked(1, item("q", labels=[in_both(word) for word in "abcde"]), item("gone", "text"))
    texts = {"zh": "新", "en": "New"}
    new = asked(2, item("q", texts=texts), item("gone", "short_text"), item("more", "nps"))
    of = schema(new, old)
    assert names(of) == ["q", "gone", "more"]
    assert of.columns[0].label == "New"
    assert of.cells(10, {"q": 1, "gone": "x"}) == [1, "x", None]
    assert of.cells(20, {"q": 2, "more": 9}) == [2, None, 9]


@pytest.mark.parametrize("change", [{"scale": 7}, {"best": "low"}, {"kind": "nps"}])
def test_another_scale_or_kind_is_another_column(change):
    of = schema(asked(2, item("q") | change), asked(1, item("q")))
    assert names(of) == ["q", "q_v1"]
    assert of.cells(10, {"q": 5}) == [None, 5]
    assert of.cells(20, {"q": 5}) == [5, None]


def test_options_of_all_versions_are_there():
    old = asked(1, item("q", "single_choice", options=options("a", "b")))
    new = asked(2, item("q", "single_choice", options=options("b", "c")))
    (column,) = schema(new, old).columns
    assert dict(column.labels) == {"b": "B", "c": "C", "a": "A"}


def test_labels_are_in_the_language_asked_for():
    versions = (asked(1, item("q", "yes_no", not_applicable=True)),)
    assert dict(schema(*versions).columns[0].labels) == {0: "No", 1: "Yes", "na": "Not applicable"}
    assert dict(schema(*versions, language="zh").columns[0].labels) == {0: "否", 1: "是", "na": "不适用"}


def test_there_are_words_for_languages_that_the_screens_do_not_speak():
    assert words("ug") == words("en")
    assert words("zh").keys() == words("en").keys()


def test_decimals_are_those_of_the_finest_version():
    old, new = asked(1, item("n", "number", decimals=2)), asked(2, item("n", "number"))
    column = by_name(schema(new, old))["n"]
    assert (column.type, column.decimals) == ("number", 2)


def test_names_differ_however_they_are_written():
    columns = [ExportColumn(name, name, "whole") for name in ("Q", "q", "q_2", "day")]
    assert [column.name for column in rename_duplicates(columns, taken=("Day",))] == [
        "Q",
        "q_2",
        "q_2_2",
        "day_2",
    ]
    assert list(rename_duplicates([replace(columns[0], name="q")])) == [replace(columns[0], name="q")]
