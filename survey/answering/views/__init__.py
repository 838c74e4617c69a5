"""The pages on which a customer answers. They ask the database for nothing that they can know."""

from flask import Flask

from survey.answering.fast_path import Door
from survey.answering.flood import Floods
from survey.answering.links import Links
from survey.answering.page_sessions import Desk
from survey.settings import Settings

from . import answer, thanks
from .replies import blueprint

__all__ = ["answer", "blueprint", "init_app", "thanks"]


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    links, desk = Links(settings.link_seconds), Desk(settings.secret_key)
    floods = Floods(app.extensions["throttle"], settings.flood_answers)
    app.extensions["answering"] = (links, desk, floods)
    app.wsgi_app = Door(app.wsgi_app, links, desk, floods, settings)  # type: ignore[method-assign]
    app.register_blueprint(blueprint)
