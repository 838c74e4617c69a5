"""Texts go to an HTTP gateway; when it fails, nobody waits long and nothing is told but that it failed."""

from __future__ import annotations

import threading
import time

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from survey.channels.sms import Declined, Gateway, Message, NotSent
from survey.channels.sms import gateway as module

MESSAGE = Message("+8613800138000", "+86 138 **** 8000", '验证码 "{code}"', {"code": "123456"})


def test_a_text_is_posted_as_json_with_the_token(httpserver: HTTPServer):
    httpserver.expect_oneshot_request(
        "/send",
        method="POST",
        headers={"Authorization": "Bearer secret"},
        json={"to": "+8613800138000", "text": '验证码 "123456"'},
    ).respond_with_data("ok")
    Gateway(httpserver.url_for("/send"), token="secret").send(MESSAGE)
    httpserver.check_assertions()


def test_what_is_posted_can_be_put_as_the_gateway_wants_it(httpserver: HTTPServer):
    body = '{"phones": ["{phone}"], "template": "T1", "values": {"code": "{code}"}, "flash": false}'
    wanted = {"phones": ["+8613800138000"], "template": "T1", "values": {"code": "123456"}, "flash": False}
    httpserver.expect_oneshot_request("/", json=wanted).respond_with_json({"code": 0})
    Gateway(httpserver.url_for("/"), body=body, success='"code": 0').send(MESSAGE)
    httpserver.check_assertions()


@pytest.mark.parametrize(("status", "declined"), [(302, 0), (400, 1), (401, 0), (429, 0), (500, 0), (503, 0)])
def test_a_rejection_by_the_gateway_is_a_failure(httpserver: HTTPServer, status, declined, caplog):
    httpserver.expect_request("/").respond_with_data("13800138000", status=status)
    with pytest.raises(NotSent) as failed:
        Gateway(httpserver.url_for("/")).send(MESSAGE)
    assert isinstance(failed.value, Declined) == declined
    assert str(status) in caplog.text
    assert "13800138000" not in caplog.text
    assert "123456" not in caplog.text


def test_an_answer_without_the_sign_of_success_is_a_failure(httpserver: HTTPServer):
    httpserver.expect_request("/").respond_with_json({"code": 160038})
    with pytest.raises(Declined):
        Gateway(httpserver.url_for("/"), success='"code": 0').send(MESSAGE)


def test_a_silent_gateway_is_waited_for_once_and_then_left_alone(httpserver: HTTPServer, monkeypatch):
    monkeypatch.setattr(module, "WAIT", 0.1)
    monkeypatch.setattr(module, "TIMEOUT", 0.2)
    calls = []

    def sleep(_request):
        calls.append(1)
        time.sleep(0.5)
        return Response("ok")

    httpserver.expect_request("/").respond_with_handler(sleep)
    now = [100.0]
    gateway = Gateway(httpserver.url_for("/"), clock=lambda: now[0])
    gateway.send(MESSAGE)  # it may be on its way
    time.sleep(0.3)
    for _ in range(2):
        with pytest.raises(NotSent):
            gateway.send(MESSAGE)
    assert len(calls) == 1
    time.sleep(0.6)  # until it is done with that one
    httpserver.clear()
    httpserver.expect_request("/").respond_with_data("ok")
    monkeypatch.undo()
    with pytest.raises(NotSent):
        gateway.send(MESSAGE)
    now[0] += module.REST
    gateway.send(MESSAGE)


def test_a_gateway_that_says_no_when_nobody_waits_any_more_is_in_the_log(
    httpserver: HTTPServer, monkeypatch, caplog
):
    monkeypatch.setattr(module, "WAIT", 0.05)
    is_waited_for = threading.Event()

    def late(_request):
        is_waited_for.wait(5)
        return Response("no", status=500)

    httpserver.expect_request("/").respond_with_handler(late)
    gateway = Gateway(httpserver.url_for("/"))
    gateway.send(MESSAGE)
    assert not caplog.records
    is_waited_for.set()
    gateway._threads.shutdown()
    assert "status 500" in caplog.text


def test_a_gateway_that_is_not_there_is_a_failure():
    with pytest.raises(NotSent) as failed:
        Gateway("http://127.0.0.1:1/").send(MESSAGE)
    assert failed.value.__suppress_context__


def test_a_gateway_whose_name_is_looked_up_for_ever_is_not_waited_for(monkeypatch):
    is_over = threading.Event()
    monkeypatch.setattr(module, "WAIT", 0.1)
    monkeypatch.setattr(module.httpx, "post", lambda *_, **__: is_over.wait(30))
    Gateway("http://gateway.example/").send(MESSAGE)
    is_over.set()


def test_a_body_that_is_no_json_is_found_at_the_start():
    with pytest.raises(ValueError, match="Expecting"):
        Gateway("http://127.0.0.1:1/", body="to={phone}")
