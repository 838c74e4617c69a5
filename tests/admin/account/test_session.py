from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from survey.people.queries import staff_by_username
from survey.throttle import PER_NAME, Throttle
from tests import factories


@pytest.fixture(autouse=True)
def fresh_throttle(embedded_app):
    embedded_app.extensions["throttle"] = Throttle()


def token(client, page: str = "/admin/sign-in") -> str:
    text = client.get(page).text
    return text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]


def sign_in(client, username: str, password: str = factories.PASSWORD, **options):
    data = {"username": username, "password": password, "csrf_token": token(client)}
    return client.post(options.pop("path", "/admin/sign-in"), data=data, **options)


def test_the_right_password_opens_a_fresh_session_that_lasts(embedded_client):
    person = factories.staff()
    embedded_client.get("/admin/sign-in")
    before = embedded_client.get_cookie("session").value
    reply = sign_in(embedded_client, f" {person.username} ")
    assert (reply.status_code, reply.location) == (303, "/admin/")
    with embedded_client.session_transaction() as session:
        assert session["_user_id"] == person.get_id()
        assert session.permanent
    assert embedded_client.get_cookie("session").value != before


@pytest.mark.parametrize(("username", "password"), [("anna", "wrong"), ("nobody", factories.PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_show_the_same_error(embedded_client, username, password):
    factories.staff(username="anna")
    embedded_client.set_cookie("locale", "en")
    reply = sign_in(embedded_client, username, password)
    assert reply.status_code == 422
    assert "Incorrect username or password." in reply.text
    assert password not in reply.text


def test_empty_fields_show_their_errors(embedded_client):
    reply = sign_in(embedded_client, "", "")
    assert reply.status_code == 422
    assert 'href="#username"' in reply.text


def test_a_retired_user_cannot_sign_in(embedded_app, embedded_client):
    from survey.db import db

    person = factories.staff()
    person.retired_on = datetime.now(UTC).date()
    db.session.commit()
    assert sign_in(embedded_client, person.username).status_code == 422


def test_too_many_attempts_lock_out_even_the_right_password(embedded_client):
    person = factories.staff()
    for _ in range(PER_NAME.amount):
        assert sign_in(embedded_client, person.username, "wrong").status_code == 422
    embedded_client.set_cookie("locale", "en")
    reply = sign_in(embedded_client, person.username)
    assert reply.status_code == 429
    assert 0 < int(reply.headers["Retry-After"]) <= 901
    assert "Too many attempts to sign in" in reply.text
    assert "15 minutes" in reply.text
    other = factories.staff()
    assert sign_in(embedded_client, other.username).status_code == 303


def test_two_servers_share_the_rate_limit(new_application, new_settings, embedded_app, valkey_url):
    person = factories.staff()
    url = embedded_app.config["SETTINGS"].database_url
    servers = [new_application(new_settings(url, redis_url=valkey_url)) for _ in range(2)]
    codes = [
        sign_in(servers[n % 2].test_client(), person.username, "wrong").status_code
        for n in range(PER_NAME.amount + 2)
    ]
    assert codes == [422] * PER_NAME.amount + [429, 429]


@pytest.mark.parametrize(
    ("proxies", "expected"), [(0, 429), (1, 422)], ids=["no proxy is trusted", "one proxy is trusted"]
)
def test_the_rate_limit_uses_the_address_that_a_trusted_proxy_saw(
    new_application, new_settings, embedded_app, monkeypatch, proxies, expected
):
    from limits import parse

    monkeypatch.setattr("survey.throttle.PER_ADDRESS", parse("1 per minute"))
    url = embedded_app.config["SETTINGS"].database_url
    client = new_application(new_settings(url, trusted_proxies=proxies)).test_client()
    sign_in(client, "a", "b", headers={"X-Forwarded-For": "10.0.0.1"})
    reply = sign_in(client, "a", "b", headers={"X-Forwarded-For": "10.0.0.2"})
    assert reply.status_code == expected
    if proxies:
        spoofed = sign_in(client, "a", "b", headers={"X-Forwarded-For": "10.9.9.9, 10.0.0.2"})
        assert spoofed.status_code == 429, "what the client itself wrote does not count"


def test_a_session_ends_after_twelve_hours_without_a_request(embedded_client):
    with time_machine.travel(datetime(2026, 11, 23, 8, tzinfo=UTC), tick=False) as now:
        sign_in(embedded_client, factories.staff().username)
        for _ in range(3):
            now.shift(timedelta(hours=11))
            assert embedded_client.get("/admin/account").status_code == 200, (
                "each request begins the time anew"
            )
        now.shift(timedelta(hours=12, seconds=1))
        assert embedded_client.get("/admin/account").status_code == 302


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/admin", "//evil.example", "/\\evil.example", "/admin\\x", "javascript:x", "/s/x"],
)
def test_signing_in_redirects_to_no_other_site(embedded_client, target):
    from urllib.parse import quote

    person = factories.staff()
    reply = sign_in(embedded_client, person.username, path=f"/admin/sign-in?next={quote(target)}")
    assert reply.location == "/admin/"


def test_signing_in_leads_back_to_the_page_that_was_asked_for(embedded_client):
    asked = embedded_client.get("/admin/account?a=b")
    assert asked.status_code == 302
    person = factories.staff()
    assert sign_in(embedded_client, person.username, path=asked.location).location == "/admin/account?a=b"


def test_htmx_is_told_to_load_the_sign_in_page(embedded_client):
    reply = embedded_client.get("/admin/", headers={"HX-Request": "true"})
    assert reply.status_code == 204
    assert reply.headers["HX-Redirect"].startswith("/admin/sign-in")


def test_signing_out_ends_the_session(embedded_client):
    sign_in(embedded_client, factories.staff().username)
    page = embedded_client.get("/admin/account").text
    csrf = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert embedded_client.post("/admin/sign-out", data={"csrf_token": csrf}).status_code == 303
    assert embedded_client.get("/admin/account").status_code == 302


def test_the_language_is_kept_for_the_user_and_the_page(embedded_client):
    person = factories.staff()
    sign_in(embedded_client, person.username)
    page = embedded_client.get("/admin/account").text
    csrf = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    data = {"csrf_token": csrf, "locale": "en", "next": "/admin/account"}
    reply = embedded_client.post("/admin/language", data=data)
    assert (reply.status_code, reply.location) == (303, "/admin/account")
    assert 'lang="en"' in embedded_client.get("/admin/account").text
    assert staff_by_username(person.username).locale == "en"
    elsewhere = embedded_client.application.test_client()
    sign_in(elsewhere, person.username)
    assert '<html lang="en">' in elsewhere.get("/admin/account").text
    assert embedded_client.post("/admin/language", data=data | {"locale": "xx"}).status_code == 400
    assert embedded_client.post("/admin/language", data=data | {"next": "//evil"}).location == "/admin/"
