"""The pages on which a customer answers. They query the database for nothing that is cached."""

from flask import Flask

from survey.answering.fast_path import FastPath
from survey.answering.flood import Floods
from survey.answering.links import LinkCache
from survey.answering.page_sessions import PageSessions
from survey.settings import Settings

from . import answer, thanks
from .replies import blueprint

__all__ = ["answer", "blueprint", "init_app", "thanks"]


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    links, sessions = LinkCache(settings.link_seconds), PageSessions(settings.secret_key)
    floods = Floods(app.extensions["throttle"], settings.flood_answers)
    app.extensions["answering"] = (links, sessions, floods)
    app.wsgi_app = FastPath(app.wsgi_app, links, sessions, floods, settings)  # type: ignore[method-assign]
    app.register_blueprint(blueprint)
