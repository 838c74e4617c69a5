"""The migrations make the tables that the models describe, on either database, there and back."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from survey.db import db
from survey.health import MIGRATIONS, newest
from tests import factories


@pytest.fixture(params=["sqlite", "postgresql"])
def new_app(request, new_application, new_settings, new_database):
    app = new_application(new_settings(new_database(request.param)))
    with app.app_context():
        yield app
        db.session.remove()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names())


def test_upgrading_makes_exactly_the_tables_of_the_models(new_app):
    flask_migrate.upgrade()
    assert tables() == {*db.metadata.tables, "alembic_version"}
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_downgrading_leaves_nothing_and_upgrading_works_again(new_app):
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="base")
    assert tables() == {"alembic_version"}
    flask_migrate.upgrade()
    assert set(db.metadata.tables) <= tables()


def test_upgrading_again_changes_and_loses_nothing(new_app):
    flask_migrate.upgrade()
    place = factories.place(code="KEPT")
    flask_migrate.upgrade()
    db.session.expire_all()
    assert db.session.get(type(place), place.id).code == "KEPT"


def test_there_is_one_newest_migration(new_app):
    assert newest(MIGRATIONS) is not None
