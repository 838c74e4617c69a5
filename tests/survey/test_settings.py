from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine

from survey.settings import Settings, database_url


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The settings of an environment that has nothing but these."""

    def settings(**environment: str) -> Settings:
        for name in (
            "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "ALLOWED_HOSTS", "MINIMUM_GROUP",
            "TIMEZONE", "LOG_LEVEL", "TRUSTED_PROXIES", "SMS_URL", "SMS_TOKEN", "SMS_BODY", "SMS_SUCCESS",
            "WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_API", "SOURCE_URL",
        ):  # fmt: skip
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "instance"))
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return Settings.from_environment()

    return settings


def test_a_company_may_do_without_the_reserve(read):
    assert read().has_reserve
    assert not read(RELEASE_RESERVE="0").has_reserve


def test_one_machine_needs_no_setting(read, tmp_path: Path):
    found = read()
    assert found.database_url == f"sqlite:///{tmp_path / 'instance/huiyin.db'}"
    assert found.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (found.minimum_group, found.https, found.trusted_proxies) == (10, False, 0)


def test_source_code_is_offered_here_unless_an_address_is_set(read):
    assert read().source_url == "/source"
    assert read(SOURCE_URL="https://example.org/huiyin").source_url == "https://example.org/huiyin"


def test_the_secret_is_made_once_for_this_installation_and_nobody_else_reads_it(read, tmp_path: Path):
    first = read().secret_key
    assert len(first) == 64
    assert read().secret_key == first
    assert read(INSTANCE_DIR=str(tmp_path / "other")).secret_key != first
    assert stat.S_IMODE((tmp_path / "instance/secret_key").stat().st_mode) == 0o600
    assert read(SECRET_KEY="x" * 32).secret_key == "x" * 32


def test_processes_that_start_at_once_have_one_secret(read):
    instance = read().instance
    (instance / "secret_key").unlink()
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: Settings.from_environment().secret_key, range(32)))
    assert len(secrets) == 1


def test_the_host_of_the_public_address_is_allowed(read):
    settings = read(PUBLIC_URL="https://hy.example.cn/", ALLOWED_HOSTS=" a.example , ,b.example")
    assert settings.public_url == "https://hy.example.cn"
    assert settings.https
    assert settings.allowed_hosts[3:] == ("a.example", "b.example", "hy.example.cn")


@pytest.mark.parametrize(("asked", "k"), [("20", 20), ("10", 10), ("9", 10), ("0", 10), ("-3", 10)])
def test_no_setting_shows_fewer_than_ten(read, asked: str, k: int):
    assert read(MINIMUM_GROUP=asked).minimum_group == k


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_postgresql_is_spoken_to_by_our_driver(scheme: str):
    assert database_url(f"{scheme}://u:p@h/n?x=1") == "postgresql+psycopg://u:p@h/n?x=1"
    assert database_url("sqlite:///a.db") == "sqlite:///a.db"


def test_today_is_in_the_companys_time_zone(read):
    with time_machine.travel(datetime(2026, 11, 23, 17, tzinfo=UTC)):
        assert read().today() == date(2026, 11, 24)
        assert read(TIMEZONE="Europe/Berlin").today() == date(2026, 11, 23)


def test_texts_and_wechat_are_set_up_by_what_is_named(read):
    settings = read()
    assert (settings.sms_url, settings.wechat_app_id, settings.wechat_api) == (
        "",
        "",
        "https://api.weixin.qq.com",
    )
    settings = read(
        SMS_URL="https://sms.example.cn",
        SMS_TOKEN="t",
        SMS_BODY="{}",
        SMS_SUCCESS="OK",
        WECHAT_APP_ID="wx1",
        WECHAT_SECRET="s",
        WECHAT_API="https://wx.example.cn/",
    )
    assert (settings.sms_url, settings.sms_token, settings.sms_body) == ("https://sms.example.cn", "t", "{}")
    assert (settings.sms_success, settings.wechat_app_id, settings.wechat_secret) == ("OK", "wx1", "s")
    assert settings.wechat_api == "https://wx.example.cn"
