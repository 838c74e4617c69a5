"""Tests of the pages on which customers read, download and delete their data."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from survey.db import db
from survey.people import customers
from survey.people.models import Identity
from survey.rewards.taking import take
from survey.wallets.views import data as data_views
from tests import factories

NUMBER = "+8613800138000"


@pytest.fixture
def owner(embedded_app):
    customer = customers.enter("phone", NUMBER, date(2026, 11, 1))
    take(factories.claim(20), customer.id, date(2026, 11, 23))
    return customer


def test_the_page_shows_the_stored_data_with_the_number_masked(phone, owner):
    phone.sign_in()
    page = phone.get("/w/data").text
    assert owner.number in page
    assert "+86 138 **** 8000" in page
    assert "13800138000" not in page


def test_the_data_can_be_downloaded(phone, owner):
    phone.sign_in()
    reply = phone.get("/w/data.json")
    assert reply.mimetype == "application/json"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="my-points.json"'
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.json["known_by"] == [{"kind": "phone", "value": NUMBER}]
    assert reply.json["points"] == 20


def test_an_undeclared_field_is_not_in_the_file(phone, owner, monkeypatch):
    undeclared = {"wallet": owner.number, "answers": ["很满意"]}
    monkeypatch.setattr(data_views, "personal_data_of", lambda customer, today: undeclared)
    phone.sign_in()
    assert phone.get("/w/data.json").json == {"wallet": owner.number}


def test_deleting_needs_a_confirmation(phone, owner):
    phone.sign_in()
    assert "/w/data/deletion" in phone.get("/w/data").text
    page = phone.get("/w/data/deletion").text
    assert "You will lose 20 points." in page
    assert "This cannot be undone." in page
    reply = phone.post("/w/data/deletion")
    assert reply.status_code == 422
    assert "Tick the box to confirm that you want to delete your wallet." in reply.text
    assert db.session.scalar(select(func.count()).select_from(Identity)) == 1


def test_deleting_signs_out_and_leaves_nothing(phone, new_phone, owner, texts):
    phone.sign_in()
    other = new_phone()
    other.client.set_cookie("wallet", phone.client.get_cookie("wallet", path="/w").value, path="/w")
    assert other.get("/w/").request.path == "/w/"
    reply = phone.post("/w/data/deletion", sure="1")
    assert "Your wallet is deleted" in reply.text
    assert db.session.scalar(select(func.count()).select_from(Identity)) == 0
    for device in (phone, other):
        assert device.get("/w/").request.path == "/w/sign-in"


def test_nobody_sees_or_deletes_anything_without_signing_in(phone, owner):
    for path in ("/w/data", "/w/data.json", "/w/data/deletion"):
        assert phone.get(path).request.path == "/w/sign-in"
    phone.post("/w/data/deletion", sure="1")
    assert db.session.scalar(select(func.count()).select_from(Identity)) == 1
