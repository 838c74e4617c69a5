import pytest

from survey import settings
from survey.people import first_administrator, queries
from survey.people.sign_in import authenticate
from tests import factories

PASSWORD = "four words make sense"


@pytest.fixture
def add(app):
    def run(*arguments, typed=None):
        return app.test_cli_runner().invoke(
            args=["staff", "add", *arguments], input=typed, catch_exceptions=False
        )

    return run


def test_an_administrator_is_added_and_may_sign_in(add):
    result = add("wang", "--name", "王芳", "--password", PASSWORD)
    assert (result.exit_code, result.output) == (0, "王芳 may sign in as wang.\n")
    assert authenticate("wang", PASSWORD).role == "administrator"


def test_the_password_is_asked_for_twice_and_not_shown(add):
    result = add("wang", "--name", "王芳", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert authenticate("wang", PASSWORD) is not None


def test_a_manager_gets_their_scope(add):
    east = factories.place("region", code="EAST")
    add("wang", "--name", "王芳", "--role", "manager", "--place", "EAST", "--password", PASSWORD)
    assert queries.staff_by_username("wang").place == east


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (("Wang", "--password", PASSWORD), "Error: A username has up to 64 lowercase letters"),
        (("-wang", "--password", PASSWORD), "No such option"),
        (("wang", "--password", "ninechars"), "Error: A password must have 10 to 256 characters."),
        (
            ("wang", "--password", PASSWORD, "--role", "manager"),
            "Error: Managers and counter staff need a scope.",
        ),
        (("wang", "--password", PASSWORD, "--place", "NOWHERE"), "Error: There is no place NOWHERE."),
        (("taken", "--password", PASSWORD), "Error: The username taken is already taken."),
        (("wang", "--password", PASSWORD, "--role", "king"), "is not one of"),
    ],
)
def test_what_will_not_do_is_refused_and_nobody_added(add, changes, says):
    factories.staff(username="taken")
    result = add(*changes, "--name", "王芳")
    assert result.exit_code in (1, 2)
    assert says in result.stderr
    assert [person.username for person in queries.staff()] == ["taken"]


def test_the_link_for_the_first_administrator_is_printed_until_there_is_one(app):
    runner = app.test_cli_runner()
    printed = runner.invoke(args=["staff", "first-administrator", "--base", "https://hy.example.cn"])
    assert printed.exit_code == 0
    address = "https://hy.example.cn" + first_administrator.PATH
    assert printed.output.startswith(address)
    assert first_administrator.is_valid(printed.output.strip().removeprefix(address), settings.now())
    factories.staff()
    refused = runner.invoke(args=["staff", "first-administrator"])
    assert (refused.exit_code, "There is an administrator already." in refused.output) == (1, True)
