"""The pages of wallets, all under /w: the cookies of a wallet are sent only there, never with a response."""

from flask import Flask

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
    app.register_blueprint(blueprint)
    app.register_blueprint(entrance.blueprint)
