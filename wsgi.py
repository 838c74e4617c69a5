"""Joins what customers see and what staff see into one application."""

import gc

import click
from flask import Flask
from flask.cli import FlaskGroup

import admin
import survey
from survey.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    app = survey.create_app(settings)
    admin.init_app(app)
    return app


def served() -> Flask:
    """create_app() for a process that does nothing else. What it is made of is never garbage: looking through
    all of it again and again took the collector a third of the time of a page of figures."""
    app = create_app()
    gc.collect()
    gc.freeze()
    return app


@click.group(cls=FlaskGroup, create_app=create_app, add_version_option=False, load_dotenv=False)
@click.version_option(package_name="huiyin")
def main() -> None:
    """Ask customers how satisfied they are, reward them, and show what they say."""


if __name__ == "__main__":
    main()
