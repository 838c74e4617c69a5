import pytest

from survey.db import db
from survey.places import employment, queries
from survey.places.retirement import retire_place
from survey.refusal import Refused
from survey.responses.models import Waiting
from tests import factories
from tests.factories import TODAY
from tests.survey.tallies.answers import give, release_all


@pytest.fixture
def wang(app):
    return factories.employee(factories.place(code="P1"), "WANG")


def test_an_employee_is_renamed_and_their_code_changes(wang):
    employment.change(wang, "E7", " 王芳芳 ")
    assert queries.employee("E7").name == "王芳芳"
    assert queries.employee("WANG") is None


def test_the_code_of_an_employee_with_responses_stays(wang, answer):
    answer(wang.place, wang)
    with pytest.raises(Refused, match="The code can no longer be changed: there are responses under it"):
        employment.change(wang, "E7", "王芳芳")
    employment.change(wang, "WANG", "王芳芳")
    assert queries.employee("WANG").name == "王芳芳"


def test_an_employee_takes_neither_anothers_code_nor_a_bad_name(wang):
    factories.employee(wang.place, "LI")
    for code, name, says in (
        ("LI", "王芳", "already has the number"),
        ("a/b", "王芳", "Invalid code"),
        ("WANG", " ", "Invalid name: it must have 1 to 200 characters and no control characters."),
    ):
        with pytest.raises(Refused, match=says):
            employment.change(wang, code, name)
    assert queries.employee("WANG").name != "王芳"


def test_responses_stay_where_they_were_given_when_an_employee_moves(wang, answer):
    there, here = wang.place, factories.place()
    answer(there, wang)
    employment.transfer(wang, here)
    assert [person.code for person in queries.employees(here)] == ["WANG"]
    assert queries.employees(there) == []
    assert [given.place_id for given in db.session.query(Waiting)] == [there.id]


def test_her_code_stays_once_answers_about_her_are_released(wang):
    give(wang.place, factories.version(), served_by=wang)
    release_all()
    with pytest.raises(Refused, match="The code can no longer be changed"):
        employment.change(wang, "LI", "王芳")


def test_an_employee_moves_only_to_a_service_point_in_use(wang):
    gone, region = factories.place(), factories.place("region")
    retire_place(gone, TODAY)
    for place, says in ((region, "must belong to a service point"), (gone, "unit is inactive")):
        with pytest.raises(Refused, match=says):
            employment.transfer(wang, place)
    assert queries.employee("WANG").place.code == "P1"


def test_an_employee_to_whom_nothing_refers_is_deleted(wang):
    employment.delete(wang)
    assert queries.employee("WANG") is None


@pytest.mark.parametrize(
    ("thing", "says"),
    [
        ("answer", "It has responses and cannot be deleted. Deactivate it instead."),
        ("link", "Links point to it"),
    ],
)
def test_an_employee_with_responses_or_links_is_kept(wang, answer, thing, says):
    if thing == "answer":
        answer(wang.place, wang)
    else:
        factories.link(wang.place, wang)
    with pytest.raises(Refused, match=says):
        employment.delete(wang)
    assert queries.employee("WANG") is not None
