"""The pages of wallets, all under /w: there alone the cookies of a wallet are sent, never with an answer."""

from flask import Flask

from survey.channels.sms import Gateway, Outbox
from survey.channels.wechat import WeChat
from survey.settings import Settings

from . import claims, code, data, entrance, rewards, session, wallet, wechat
from .visitor import blueprint

__all__ = [
    "blueprint",
    "claims",
    "code",
    "data",
    "entrance",
    "init_app",
    "rewards",
    "session",
    "wallet",
    "wechat",
]


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    app.extensions["sms"] = (
        Gateway(settings.sms_url, settings.sms_token, settings.sms_body, settings.sms_success)
        if settings.sms_url
        else Outbox(settings.instance / "outbox")
    )
    app.extensions["wechat"] = (
        WeChat(settings.wechat_app_id, settings.wechat_secret, settings.wechat_api)
        if settings.wechat_app_id
        else None
    )
    app.register_blueprint(blueprint)
    app.register_blueprint(entrance.blueprint)
