"""Joins what customers see and what staff see into one application."""

from flask import Flask

import admin
import survey
from survey.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    app = survey.create_app(settings)
    admin.init_app(app)
    return app
