from __future__ import annotations

from flask import Flask

from survey.tallies.queries import subjects
from tests import factories


def codes(listed: list[subjects.Subject]) -> list[str]:
    return [subject.code for subject in listed]


def test_lists_contain_only_their_part_of_the_tree_in_order_of_code(app: Flask):
    top = factories.place("group", code="TOP")
    west, east = (factories.place("region", top, code) for code in ("WEST", "EAST"))
    deep = factories.place("region", east, "DEEP")
    first, second = (factories.place("point", deep, code) for code in ("P2", "P1"))
    factories.place("point", west, "P3")
    assert codes(subjects.children(top)) == ["EAST", "WEST"]
    assert codes(subjects.children(east)) == ["DEEP"]
    assert codes(subjects.below(top, "point")) == ["P1", "P2", "P3"]
    assert codes(subjects.below(east, "point")) == ["P1", "P2"]
    assert codes(subjects.below(east, "region")) == ["DEEP", "EAST"]
    assert codes(subjects.below(first, "point")) == ["P2"]
    assert subjects.of_place(second).key == (second.id, 0)


def test_employees_are_listed_with_the_place_where_they_serve(app: Flask):
    _top, (east, west), (first, _, third, _) = factories.company()
    li, wang = factories.employee(first, "E2", "李"), factories.employee(first, "E1", "王")
    factories.employee(third, "E3")
    employees = subjects.employees(east)
    assert [(employee.key, employee.code, employee.at) for employee in employees] == [
        ((first.id, wang.id), "E1", first.code),
        ((first.id, li.id), "E2", first.code),
    ]
    assert codes(subjects.employees(west)) == ["E3"]


def test_a_subject_has_an_english_name_for_english_readers_where_there_is_any():
    bilingual, chinese_only = (
        subjects.Subject(1, 0, "P", "网点", "Point"),
        subjects.Subject(1, 2, "E", "王芳", ""),
    )
    assert (bilingual.named("en"), bilingual.named("zh_Hans_CN")) == ("Point", "网点")
    assert chinese_only.named("en") == "王芳"
