"""Commands of the administrator, all under ``flask --app wsgi``."""

from flask import Flask

from . import serving


def init_app(app: Flask) -> None:
    """Registers every feature's commands."""
    serving.init_app(app)
