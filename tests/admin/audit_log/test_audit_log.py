"""Tests of the pages of the audit log, and of the lines that work on pages adds to it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine

from survey.audit.models import AuditLine
from survey.audit.queries import lines
from survey.audit.queries.lines import LineFilter
from survey.db import db
from survey.rewards import taking
from survey.rewards.models.reviews import Review
from tests import factories
from tests.admin.forms import post
from tests.factories import TODAY

URL = "/admin/audit-log/"


def changed(table: str) -> dict[str, object]:
    """Return the first change of a row of ``table`` in the latest line."""
    return next(change for change in latest().changes if change["table"] == table)


def latest() -> AuditLine:
    db.session.rollback()
    return lines.lines(LineFilter(), 0, 1)[0]


def test_a_change_is_shown_in_words(enter, company):
    client = enter("administrator")
    post(client, "/admin/places/P1/edit", name="新名字", name_en="New name", code="NEW-1")
    page = client.get(URL, headers={"Accept-Language": "en"}).text
    assert "Changed a unit" in page
    assert "NEW-1" in page
    assert "not recorded: Name, English name" in page
    assert "新名字" not in page
    line = latest()
    assert (line.act, line.role, line.subject) == ("places.edit", "administrator", {"code": "P1"})


def test_a_day_of_an_impossible_year_is_an_error(enter):
    client = enter("auditor")
    for day in ("9999-12-31", "0001-01-01"):
        assert "Enter a year from" in client.get(f"{URL}?day={day}", headers={"Accept-Language": "en"}).text
        assert client.get(f"{URL}file.csv?day={day}").status_code == 200


def test_signing_in_and_out_are_logged(embedded_client, embedded_app):
    person = factories.staff("auditor")
    post(
        embedded_client,
        "/admin/sign-in",
        "/admin/sign-in",
        username=person.username,
        password=factories.PASSWORD,
    )
    assert (latest().act, latest().staff_id) == ("sign-in", person.id)
    post(embedded_client, "/admin/sign-out", "/admin/account")
    assert (latest().act, latest().staff_id) == ("sign-out", person.id)


def test_a_failed_sign_in_is_logged_without_the_name(embedded_client):
    for name in ("Somebody", "somebody", "somebody-else"):
        post(embedded_client, "/admin/sign-in", "/admin/sign-in", username=name, password="wrong password")
    logged = lines.lines(LineFilter(), 0, 9)
    assert [(line.act, line.role, line.staff_id) for line in logged] == [
        ("sign-in failed", "nobody", None)
    ] * 3
    names = [line.subject["name"] for line in logged]
    assert names[1] == names[2] != names[0]
    assert "somebody" not in str(names)


def test_viewing_callbacks_is_logged(enter):
    enter("manager").get("/admin/contacts/?state=done&unknown=13800138000")
    line = latest()
    assert (line.act, line.role, line.subject, line.changes) == (
        "contacts.index",
        "manager",
        {"state": "done"},
        [],
    )


def test_an_export_is_logged_and_a_refused_export_is_not(enter, company):
    client = enter("administrator")
    factories.version("asked")
    client.get("/admin/exports/responses?questionnaire=nothing&format=csv")
    assert lines.count(LineFilter()) == 0
    reply = client.get("/admin/exports/responses?questionnaire=asked&format=csv&place=TOP&reason=audit")
    assert reply.status_code == 200
    assert latest().subject == {"questionnaire": "asked", "format": "csv", "place": "TOP", "reason": "audit"}


def test_reading_other_pages_is_not_logged(enter):
    client = enter("administrator")
    for page in ("/admin/places/", "/admin/staff/", URL, "/admin/indexes/"):
        client.get(page)
    assert lines.count(LineFilter()) == 0


def test_a_change_of_password_is_logged_without_the_password(enter):
    client = enter("administrator")
    person = factories.staff("auditor", username="li.na")
    post(client, "/admin/staff/li.na/password", "/admin/staff/li.na/password", password="a new long password")
    (change,) = latest().changes
    assert change["withheld"] == ["password_hash", "session_key"]
    assert change["values"] == {}
    assert change["key"] == {"id": person.id}


@pytest.fixture
def three_acts(enter):
    with time_machine.travel(datetime(2026, 11, 20, 15, 30, tzinfo=UTC), tick=False):
        admin, auditor = enter("administrator"), enter("auditor")
        post(admin, "/admin/places/-/new", name="甲", name_en="", code="A1")
    with time_machine.travel(datetime(2026, 11, 20, 16, 30, tzinfo=UTC), tick=False):
        post(admin, "/admin/places/-/new", name="乙", name_en="", code="B1")
        post(auditor, "/admin/language", "/admin/account", locale="en")
        yield auditor


def shown(client, **wish: str) -> int:
    query = "&".join(f"{key}={value}" for key, value in wish.items())
    page = client.get(f"{URL}?{query}", headers={"Accept-Language": "en"})
    assert page.status_code == 200
    return page.text.count("<time")


def test_lines_are_filtered_by_user_act_and_day_of_the_company(three_acts):
    assert shown(three_acts) == 3
    assert shown(three_acts, day="2026-11-20") == 1
    assert shown(three_acts, day="2026-11-21") == 2
    assert shown(three_acts, act="places.new_root") == 2
    assert shown(three_acts, act="admin.language", day="2026-11-20") == 0
    name = next(p.username for p in db.session.scalars(db.select(factories.Staff)) if p.role == "auditor")
    assert shown(three_acts, person=name) == 1
    assert shown(three_acts, person="-command") == 0


@pytest.mark.parametrize(
    "wish", [{"day": "yesterday"}, {"person": "nobody-here"}, {"act": "x"}, {"page": "zz"}]
)
def test_an_invalid_filter_is_ignored(three_acts, wish):
    assert shown(three_acts, **wish) == 3


def test_many_lines_come_page_by_page(enter, monkeypatch):
    from admin.audit_log import audit_log

    monkeypatch.setattr(audit_log, "PAGE", 2)
    client = enter("administrator")
    for code in "ABC":
        post(client, "/admin/places/-/new", name=code, name_en="", code=f"{code}1")
    assert shown(client) == 2
    assert shown(client, page="2") == 1


def test_the_file_has_every_field_and_its_export_is_logged(three_acts):
    reply = three_acts.get(f"{URL}file.csv?act=places.new_root")
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert [row["act"] for row in rows] == ["places.new_root"] * 2
    assert rows[0]["previous"] == rows[1]["digest"]
    assert latest().act == "audit_log.export"


def test_other_roles_do_not_see_the_log(enter):
    assert enter("marketing").get(URL).status_code == 403


def test_the_log_shows_voided_points_and_corrected_stock(enter):
    owner, point = factories.customer(), factories.place()
    taking.take(factories.claim(10), owner.id, TODAY, [("shared", 4)])
    transfer_id = db.session.scalar(db.select(Review.transfer_id))
    gift = factories.reward("gift", stock={point: 5})
    marketing = enter("marketing")
    decision = {"chosen": [transfer_id], "verdict": "void", "reason": "one phone"}
    post(marketing, "/admin/reviews/decisions", "/admin/account", **decision)
    review = changed("review")
    assert review["key"] == {"transfer_id": transfer_id}
    assert review["values"]["state"] == ["pending", "void"]
    stock = f"/admin/rewards/{gift.id}/stock/"
    post(marketing, stock + point.code, stock, remaining="8", seen="5")
    assert changed("stock")["values"]["remaining"] == [5, 8]
