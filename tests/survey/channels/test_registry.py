from __future__ import annotations

from dataclasses import replace

import pytest

from survey.channels import registry
from survey.channels.sms import Gateway, Outbox
from survey.channels.wechat import WeChat
from survey.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return replace(Settings.from_environment(), instance=tmp_path, sms_url="", wechat_app_id="")


def test_without_settings_texts_are_kept_for_staff_and_wechat_is_not_offered(settings):
    adapters = registry.adapters(settings)
    assert adapters.keys() == {"sms", "wechat"}
    assert isinstance(adapters["sms"], Outbox)
    assert not adapters["sms"].is_sending
    assert adapters["wechat"] is None


def test_the_settings_choose_a_gateway_for_texts_and_an_account_of_wechat(settings):
    adapters = registry.adapters(replace(settings, sms_url="https://sms.example", wechat_app_id="wx1"))
    assert isinstance(adapters["sms"], Gateway)
    assert adapters["sms"].is_sending
    assert adapters["sms"].messages() == []
    assert isinstance(adapters["wechat"], WeChat)


def test_every_channel_has_a_code_of_its_own_that_a_response_can_hold():
    codes = [channel.code for channel in registry.CHANNELS]
    assert len(codes) == len(set(codes))
    assert all(0 < len(code) <= 12 for code in codes)


def test_an_application_has_the_adapters_of_its_settings(embedded_app):
    assert set(registry.adapters(embedded_app.config["SETTINGS"])) <= set(embedded_app.extensions)
