import re

import pytest

from survey.people import queries
from tests import factories

PASSWORD = "four words make sense"


@pytest.fixture
def client(embedded_client, sign_in):
    return sign_in(embedded_client, factories.staff("administrator", username="boss"))


def post(client, url, **data):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get("/admin/staff/-/new").text)[1]
    return client.post(url, data={"csrf_token": token, **data})


@pytest.mark.parametrize(
    ("role", "reads"), [("administrator", 200), ("auditor", 200), ("manager", 403), ("marketing", 403)]
)
def test_only_the_administrator_changes_staff_and_auditors_read(embedded_client, sign_in, role, reads):
    place = factories.place("region") if role == "manager" else None
    sign_in(embedded_client, factories.staff(role, place, username="me"))
    assert embedded_client.get("/admin/staff/").status_code == reads
    for url in ("/admin/staff/-/new", "/admin/staff/me", "/admin/staff/me/password"):
        expected = 200 if role == "administrator" else 403
        assert embedded_client.get(url).status_code == expected, url


def test_a_manager_is_appointed_and_reappointed(client):
    factories.place("region", code="EAST")
    new = {"username": "wang", "name": "王芳", "role": "manager", "password": PASSWORD}
    assert post(client, "/admin/staff/-/new", **new).status_code == 422
    assert post(client, "/admin/staff/-/new", **new, destination="NOWHERE").status_code == 422
    assert post(client, "/admin/staff/-/new", **new, destination="EAST").status_code == 303
    assert post(client, "/admin/staff/-/new", **new, destination="EAST").status_code == 422
    assert post(client, "/admin/staff/wang", name="王芳", role="auditor", destination="").status_code == 303
    person = queries.staff_by_username("wang")
    assert (person.role, person.place_id) == ("auditor", None)


@pytest.mark.parametrize("act", ["retirement", "password"])
def test_retiring_a_user_and_a_new_password_sign_out_everywhere(client, act):
    session = factories.staff("auditor", username="li").get_id()
    assert post(client, f"/admin/staff/li/{act}", password=PASSWORD).status_code == 303
    assert queries.staff_by_session(session) is None


def test_a_retired_user_can_be_restored(client):
    factories.staff("auditor", username="li")
    post(client, "/admin/staff/li/retirement")
    assert post(client, "/admin/staff/li/restoration").status_code == 303
    assert queries.staff_by_username("li").is_active


def test_the_last_administrator_is_not_retired(client):
    post(client, "/admin/staff/boss/retirement")
    assert queries.staff_by_username("boss").is_active
    assert post(client, "/admin/staff/boss", name="Boss", role="auditor").status_code == 422


def test_a_short_password_is_rejected_and_an_unknown_user_is_not_found(client):
    factories.staff("auditor", username="li")
    assert post(client, "/admin/staff/li/password", password="short").status_code == 422
    assert client.get("/admin/staff/nobody").status_code == 404
    assert client.get("/admin/staff/%00").status_code == 404
