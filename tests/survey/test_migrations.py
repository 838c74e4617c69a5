"""The migrations make the tables that the models describe, on either database, there and back."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select

from survey.db import db
from survey.health import MIGRATIONS, newest
from survey.indexes import folding, rebuilding, verification
from survey.indexes.models import Tally
from survey.indexes.rules.cells import SIGNS, unpack
from survey.responses.models import Response
from tests import factories
from tests.survey.indexes.answers import ALIKE, days, give, some


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


def test_tallies_without_signs_get_room_for_them_and_a_rebuild_counts_them(new_app):
    flask_migrate.upgrade()
    point, version = factories.place(), factories.version()
    give(point, version, *[ALIKE] * 300)
    give(point, version, *some(5), day=days(2)[1])
    folding.fold_all()
    flask_migrate.downgrade(revision="0006")
    flask_migrate.upgrade()
    db.session.rollback()
    packed = [unpack(n, cells) for n, cells in db.session.execute(select(Tally.n, Tally.cells))]
    db.session.rollback()
    assert {int(row[-SIGNS:].sum()) for row in packed} == {0}
    assert set(db.session.scalars(select(Response.signs))) == {None}
    db.session.rollback()
    list(rebuilding.rebuild())
    assert list(verification.verify()) == []
