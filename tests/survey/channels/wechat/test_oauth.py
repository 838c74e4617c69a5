"""Who came from WeChat, asked of a stand-in for its server."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_httpserver import HTTPServer

from survey.channels.wechat import Unconfirmed, VirtualAccount, WeChat

PATH = "/sns/oauth2/access_token"
ASKED = {"appid": "wx1", "secret": "s3cret", "code": "C", "grant_type": "authorization_code"}
GIVEN = {"access_token": "T", "expires_in": 7200, "openid": "oABC", "scope": "snsapi_base"}


def account(httpserver: HTTPServer) -> WeChat:
    return WeChat("wx1", "s3cret", httpserver.url_for("").rstrip("/"))


def test_a_customer_is_sent_to_wechat_with_the_scope_that_asks_nothing():
    address = WeChat("wx1", "s3cret", "").address("https://hy.example.cn/w/wechat/back", "S")
    parts = urlsplit(address)
    assert (parts.netloc, parts.fragment) == ("open.weixin.qq.com", "wechat_redirect")
    assert parse_qs(parts.query) == {
        "appid": ["wx1"],
        "redirect_uri": ["https://hy.example.cn/w/wechat/back"],
        "response_type": ["code"],
        "scope": ["snsapi_base"],
        "state": ["S"],
    }
    assert "s3cret" not in address


def test_the_code_identifies_the_customer(httpserver: HTTPServer):
    httpserver.expect_request(PATH, query_string=ASKED).respond_with_json(GIVEN)
    assert account(httpserver).openid("C") == "oABC"


def test_a_virtual_account_is_nobody(httpserver: HTTPServer):
    httpserver.expect_request(PATH).respond_with_json(GIVEN | {"is_snapshotuser": 1})
    with pytest.raises(VirtualAccount):
        account(httpserver).openid("C")


@pytest.mark.parametrize(
    "answer", [{"errcode": 40029, "errmsg": "invalid code"}, {}, {"openid": ""}, {"openid": 5}, [], "x", None]
)
def test_what_names_nobody_is_not_believed(httpserver: HTTPServer, answer, caplog):
    httpserver.expect_request(PATH).respond_with_json(answer)
    with pytest.raises(Unconfirmed):
        account(httpserver).openid("C")
    logged = "".join(record.getMessage() for record in caplog.records if record.name != "werkzeug")
    assert "WeChat did not say who it is" in logged
    assert "s3cret" not in logged


@pytest.mark.parametrize(("body", "status"), [("<html>", 200), ("{}", 500), ("", 200)])
def test_a_broken_answer_is_none(httpserver: HTTPServer, body, status):
    httpserver.expect_request(PATH).respond_with_data(body, status=status)
    with pytest.raises(Unconfirmed) as failed:
        account(httpserver).openid("C")
    assert failed.value.__suppress_context__


def test_a_server_that_is_not_there_is_none():
    with pytest.raises(Unconfirmed):
        WeChat("wx1", "s3cret", "http://127.0.0.1:1").openid("C")
