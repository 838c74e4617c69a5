"""Commands of the administrator, all under ``flask --app wsgi``."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Registers every feature's commands."""
