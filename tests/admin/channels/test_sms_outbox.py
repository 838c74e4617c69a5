"""Tests that unsent text messages are shown to administrators, only where there is no gateway."""

from __future__ import annotations

import pytest

from survey.channels.sms import Gateway, Message, Outbox
from tests import factories


@pytest.fixture
def put(embedded_app, tmp_path):
    before = embedded_app.extensions["sms"]

    def put(sender):
        embedded_app.extensions["sms"] = sender
        return sender

    yield put
    embedded_app.extensions["sms"] = before


def look(client):
    return client.get("/admin/outbox/", headers={"Accept-Language": "en"}).text


def test_the_outbox_shows_unsent_messages_without_the_number(put, tmp_path, embedded_client, sign_in):
    sign_in(embedded_client, factories.staff())
    outbox = put(Outbox(tmp_path))
    assert "Nothing here yet" in look(embedded_client)
    outbox.send(Message("+8613800138000", "+86 138 **** 8000", "Your code is {code}", {"code": "123456"}))
    page = look(embedded_client)
    assert (
        "No SMS gateway is configured: messages are kept here for an hour and shown on the "
        "console. For development only; set SMS_URL before going live."
    ) in page
    assert "Your code is 123456" in page
    assert "+86\xa0138\xa0****\xa08000" in page
    assert "13800138000" not in page


def test_the_outbox_says_that_nothing_is_kept_with_a_gateway(put, embedded_client, sign_in):
    sign_in(embedded_client, factories.staff())
    put(Gateway("http://127.0.0.1:1"))
    page = look(embedded_client)
    assert "An SMS gateway is configured: messages are sent and not kept here." in page
    assert "Nothing here yet" in page
