from collections.abc import Callable

import pytest

from survey.batches.opening import open_queues
from survey.db import db
from survey.places import layout, queries
from survey.places.layout import Refused
from survey.places.models import Place
from survey.transaction import transaction
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once
from tests.survey.tallies.answers import give, release_all


def chain(levels: int) -> list[Place]:
    """A group, regions below each other, and a service point: ``levels`` places."""
    line = [factories.place("group")]
    while len(line) < levels - 1:
        line.append(factories.place("region", line[-1]))
    return [*line, factories.place("point", line[-1])]


def move(place: Place, parent: Place | None) -> None:
    with transaction() as session:
        layout.move_within(session, place, parent)


def test_the_tree_may_be_ten_levels_deep(app):
    line = chain(10)
    assert line[-1].ancestor_ids == tuple(place.id for place in line)
    assert len(queries.subtree(line[3])) == 7


def test_the_tree_may_not_be_deeper_than_its_paths_have_room_for(app):
    line = chain(30)
    with pytest.raises(Refused, match="30 levels"):
        factories.place("region", factories.place("region", line[-2]))
    assert len(line[-1].path) <= 400


def test_nothing_lies_below_a_service_point(app):
    with pytest.raises(Refused, match="A service point cannot have units below it"):
        factories.place("point", factories.place("point"))


def test_nothing_is_added_below_what_is_not_there_any_more(app):
    gone = factories.place("group")
    layout.delete(gone)
    with pytest.raises(Refused, match="This unit no longer exists"):
        layout.add_place(gone, "point", "P", "网点")


def test_a_code_belongs_to_one_place(app):
    factories.place(code="P1")
    with pytest.raises(Refused, match="P1 is already used by another unit"):
        factories.place(code="P1")


@pytest.mark.parametrize("code", ["", "a/b", "-", "..", " a", "a\u202eb", "a\0", "x" * 65])
def test_a_code_must_do_in_an_address_and_in_a_file(app, code):
    with pytest.raises(Refused, match="Invalid code"):
        layout.add_place(None, "point", code, "网点")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201])
def test_a_name_must_be_one_line_that_fits(app, name):
    with pytest.raises(
        Refused, match="Invalid name: it must have 1 to 200 characters and no control characters"
    ):
        layout.add_place(None, "point", "P", name)


def test_a_place_is_renamed(app):
    place = factories.place()
    layout.change(place, "NEW", " 新名 ", "New name")
    db.session.expire_all()
    renamed = queries.place("NEW")
    assert (renamed.id, renamed.name, renamed.name_en) == (place.id, "新名", "New name")


def test_a_place_may_not_take_the_code_of_another(app):
    place, other = factories.place(), factories.place()
    with pytest.raises(Refused, match="already used by another unit"):
        layout.change(place, other.code, place.name, "")


def test_a_code_stays_once_there_are_answers_even_below(app, answer):
    top, (region, _), (point, *_) = factories.company()
    answer(point)
    for place in (top, region, point):
        with pytest.raises(Refused, match="there are responses"):
            layout.change(place, "NEW", place.name, "")
    layout.change(point, point.code, "新名", "")
    assert point.name == "新名"


def test_moving_takes_all_below_along(app):
    top, (east, west), points = factories.company(regions=2, points=2)
    area = factories.place("region", east)
    corner = factories.place("point", area)
    move(east, west)
    assert {place.id for place in queries.subtree(west)} == {
        west.id, *(point.id for point in points), east.id, area.id, corner.id
    }  # fmt: skip
    assert corner.path == f"/{top.id}/{west.id}/{east.id}/{area.id}/{corner.id}/"
    assert (corner.parent_id, east.parent_id) == (area.id, west.id)


def test_moving_tells_what_lay_above_before_and_after(app):
    top, (east, west), (point, *_) = factories.company()
    with transaction() as session:
        before, after = layout.move_within(session, point, west)
    assert before == (top.id, east.id, point.id)
    assert after == (top.id, west.id, point.id)


def test_a_place_may_become_a_company_of_its_own(app):
    _, (east, _), _ = factories.company()
    move(east, None)
    assert east in queries.roots()
    assert east.path == f"/{east.id}/"


def test_no_place_lies_below_itself(app):
    top, (east, _), _ = factories.company()
    for place, parent in ((top, east), (east, east)):
        with pytest.raises(Refused, match="below itself"):
            move(place, parent)


def test_nothing_moves_below_a_service_point(app):
    _, (_, west), (point, *_) = factories.company()
    with pytest.raises(Refused, match="A service point cannot have units below it"):
        move(west, point)


def test_what_moves_may_not_end_too_deep(app):
    line, other = chain(20), chain(12)
    with pytest.raises(Refused, match="30 levels"):
        move(other[0], line[-2])
    move(other[1], line[-2])
    assert len(other[-1].ancestor_ids) == 30


def test_what_nothing_refers_to_is_deleted(app):
    place = factories.place()
    layout.delete(place)
    assert queries.place(place.code) is None


@pytest.mark.parametrize(
    ("thing", "says"),
    [("child", "It has units below it"), ("employee", "It still has employees"), ("link", "Links point"),
     ("staff", "It is a manager’s scope"), ("answer", "It has responses"), ("released", "It has responses"),
     ("queue", "It is open for counting")],
)  # fmt: skip
def test_what_something_refers_to_is_kept(app, answer, thing, says):
    place = factories.place("region" if thing in ("child", "staff") else "point")
    make: dict[str, Callable[[], object]] = {
        "child": lambda: factories.place("point", place),
        "employee": lambda: factories.employee(place),
        "link": lambda: factories.link(place),
        "staff": lambda: factories.staff("manager", place),
        "answer": lambda: answer(place),
        "released": lambda: (give(place, factories.version()), release_all()),
        "queue": lambda: open_queues([(place.id, factories.version().questionnaire_id)], TODAY),
    }
    make[thing]()
    with pytest.raises(Refused, match=says):
        layout.delete(place)
    assert queries.place(place.code) is not None


def test_employees_serve_at_service_points_in_use(app):
    with pytest.raises(Refused, match="Employees must belong to a service point"):
        factories.employee(factories.place("region"))


def test_an_employees_code_is_unique(app):
    point = factories.place()
    factories.employee(point, "E1")
    with pytest.raises(Refused, match="already has the number E1"):
        factories.employee(point, "E1")


def _add(code):
    return layout.add_place(None, "point", code, "网点").code


def test_two_processes_adding_one_code_end_in_one_place_and_one_refusal(app):
    outcomes = at_once(app.config["SETTINGS"], _add, [("SAME",), ("SAME",)])
    assert sorted(map(str, outcomes)) == ["Code SAME is already used by another unit.", "SAME"]
    assert [place.code for place in queries.roots()] == ["SAME"]


def _add_person(place_id):
    return layout.add_employee(queries.place_by_id(place_id), "SAME", "员工").code


def test_two_processes_adding_one_employee_end_in_one_and_one_refusal(app):
    point = factories.place()
    outcomes = at_once(app.config["SETTINGS"], _add_person, [(point.id,), (point.id,)])
    assert sorted(map(str, outcomes)) == ["Another employee already has the number SAME.", "SAME"]


def _move(place_id, parent_id):
    move(queries.place_by_id(place_id), queries.place_by_id(parent_id))


def test_two_moves_at_once_never_make_a_circle(app):
    _, (east, west), _ = factories.company()
    outcomes = at_once(app.config["SETTINGS"], _move, [(east.id, west.id), (west.id, east.id)])
    assert sorted(map(str, outcomes)) == ["A unit cannot be moved below itself.", "None"]
