import pytest

from survey.people import appointment, queries
from survey.people.password_change import change_password
from survey.people.sign_in import authenticate
from survey.refusal import Refused
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

PASSWORD = "four words make sense"


def test_an_appointed_user_may_sign_in(app):
    east = factories.place("region")
    person = appointment.appoint("wang", " 王芳 ", "manager", PASSWORD, east)
    assert (person.name, person.place_id, person.is_active) == ("王芳", east.id, True)
    assert PASSWORD not in person.password_hash
    assert authenticate("wang", PASSWORD) == person
    assert authenticate("wang", PASSWORD + "!") is None


@pytest.mark.parametrize(
    ("username", "name", "password", "says"),
    [
        ("Wang", "王芳", PASSWORD, "lowercase letters"),
        ("wang", "", PASSWORD, "Invalid name: it must have 1 to 200 characters and no control characters."),
        ("wang", "王芳", "ninechars", "10 to 256"),
    ],
)
def test_names_and_passwords_must_be_suitable(app, username, name, password, says):
    with pytest.raises(Refused, match=says):
        appointment.appoint(username, name, "auditor", password)
    assert queries.staff() == []


@pytest.mark.parametrize("role", ["administrator", "marketing", "auditor"])
def test_only_managers_have_a_part_of_the_organisation(app, role):
    with pytest.raises(
        Refused, match="Only managers and counter staff have a scope; other roles see everything"
    ):
        appointment.appoint("li", "李娜", role, PASSWORD, factories.place("region"))
    with pytest.raises(Refused, match="Managers and counter staff need a scope"):
        appointment.appoint("li", "李娜", "manager", PASSWORD)


def test_a_user_name_is_given_once(app):
    factories.staff(username="wang")
    with pytest.raises(Refused, match="wang is already taken"):
        factories.staff(username="wang")


def test_a_role_and_a_part_change_together(app):
    factories.staff()
    east, person = factories.place("region"), factories.staff("auditor")
    with pytest.raises(Refused, match="Managers and counter staff need a scope"):
        appointment.reappoint(person, "王芳", "manager", None)
    appointment.reappoint(person, "王芳", "manager", east)
    changed = queries.staff_by_username(person.username)
    assert (changed.name, changed.role, changed.place) == ("王芳", "manager", east)


def test_the_last_administrator_neither_retires_nor_changes_role(app):
    first, second = factories.staff(), factories.staff()
    appointment.retire(first, TODAY)
    with pytest.raises(Refused, match="last administrator"):
        appointment.retire(second, TODAY)
    with pytest.raises(Refused, match="last administrator"):
        appointment.reappoint(second, "王芳", "auditor", None)
    appointment.restore(first)
    appointment.retire(second, TODAY)
    assert queries.active_administrators() == [first.id]


def test_retiring_ends_every_session_and_restoring_opens_none(app):
    factories.staff()
    person = factories.staff("auditor")
    session = person.get_id()
    assert queries.staff_by_session(session) == person
    appointment.retire(person, TODAY)
    assert authenticate(person.username, factories.PASSWORD) is None
    appointment.restore(person)
    assert queries.staff_by_session(session) is None
    assert authenticate(person.username, factories.PASSWORD) == person


def test_a_new_password_ends_every_session(app):
    person = factories.staff()
    session = person.get_id()
    with pytest.raises(Refused, match="10 to 256"):
        appointment.give_password(person, "short")
    assert queries.staff_by_session(session) == person
    appointment.give_password(person, PASSWORD)
    assert queries.staff_by_session(session) is None
    assert authenticate(person.username, PASSWORD) == person


def test_a_users_own_new_password_must_be_suitable_as_well(app):
    person = factories.staff()
    with pytest.raises(Refused, match="10 to 256"):
        change_password(person, factories.PASSWORD, "short")
    assert authenticate(person.username, factories.PASSWORD) == person


@pytest.mark.parametrize("username", ["nobody", "", "a\0b", "' OR 1=1 --"])
def test_nobody_has_a_name_that_was_not_given(app, username):
    assert queries.staff_by_username(username) is None
    assert authenticate(username, PASSWORD) is None


def _retire(username):
    appointment.retire(queries.staff_by_username(username), TODAY)


def test_two_administrators_who_retire_each_other_leave_one(app):
    names = [(factories.staff().username,), (factories.staff().username,)]
    outcomes = at_once(app.config["SETTINGS"], _retire, names)
    assert sorted(str(outcome)[:26] for outcome in outcomes) == ["None", "This is the last administr"]
    assert len(queries.active_administrators()) == 1
