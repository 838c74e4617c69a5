import pytest

from survey.throttle import PER_NAME, Throttle
from tests import factories
from tests.admin.account.test_session import sign_in, token

NEW = "four strange small words"


@pytest.fixture(autouse=True)
def fresh_throttle(embedded_app):
    embedded_app.extensions["throttle"] = Throttle()


def change(client, current: str = factories.PASSWORD, new: str = NEW):
    data = {"current": current, "new": new, "csrf_token": token(client, "/admin/account")}
    return client.post("/admin/account", data=data)


@pytest.mark.parametrize("role", ["administrator", "manager", "marketing", "auditor"])
def test_a_changed_password_signs_the_user_out_elsewhere(embedded_client, role):
    person = factories.staff(role, factories.place() if role == "manager" else None)
    elsewhere = embedded_client.application.test_client()
    sign_in(embedded_client, person.username)
    sign_in(elsewhere, person.username)
    reply = change(embedded_client)
    assert (reply.status_code, reply.location) == (303, "/admin/account")
    assert embedded_client.get("/admin/account").status_code == 200, "she stays signed in here"
    assert elsewhere.get("/admin/account").status_code == 302
    assert sign_in(elsewhere, person.username).status_code == 422
    assert sign_in(elsewhere, person.username, NEW).status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("wrong", NEW, "current"), ("", NEW, "current"), (factories.PASSWORD, "123456789", "new")],
)
def test_a_wrong_password_and_a_short_one_change_nothing(embedded_client, current, new, field):
    person = factories.staff()
    factories.sign_in(embedded_client, person)
    before = person.password_hash
    reply = change(embedded_client, current, new)
    assert reply.status_code == 422
    assert f'href="#{field}"' in reply.text
    assert f'id="{field}-error"' in reply.text
    assert person.password_hash == before
    assert embedded_client.get("/admin/account").status_code == 200


def test_an_open_session_does_not_help_to_guess_the_password(embedded_client):
    factories.sign_in(embedded_client, factories.staff())
    codes = [change(embedded_client, f"guess {n}").status_code for n in range(PER_NAME.amount + 1)]
    assert codes == [422] * PER_NAME.amount + [429]


def test_visitors_are_asked_to_sign_in(embedded_client):
    assert embedded_client.get("/admin/account").status_code == 302
