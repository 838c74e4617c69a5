"""The migrations make the tables that the models describe, on either database, there and back."""

import uuid
from datetime import UTC, date, datetime, timedelta

import flask_migrate
import pytest
import time_machine
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, func, inspect, select, text

from survey.batches.models import Batch, Queue
from survey.clock import queries as clock
from survey.db import db
from survey.health import MIGRATIONS, newest_migration
from survey.responses.models import Response, Waiting
from survey.rewards import redemption
from survey.rewards import verification as books
from survey.rewards.models.catalogue import Stock
from survey.tallies import rebuilding, verification
from survey.tallies.models import ALL_PARTS, Tally
from survey.tallies.rules.cells import SIGNS, unpack
from tests import factories
from tests.factories import TODAY
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some


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
    assert newest_migration(MIGRATIONS) is not None


def test_tallies_without_signs_get_room_for_them_and_a_rebuild_counts_them(new_app):
    flask_migrate.upgrade()
    point, version = factories.place(), factories.version()
    give(point, version, *[ALIKE] * 300)
    give(point, version, *some(5), day=days(2)[1])
    release_all()
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


def test_what_was_stocked_before_is_what_is_left_and_what_was_promised(new_app):
    flask_migrate.upgrade()
    point, owner = factories.place(), factories.wallet(20, TODAY)
    gift = factories.reward("gift", stock={point: 5, factories.place(): 3})
    redemption.reserve(uuid.uuid4(), owner.id, gift.id, 10, TODAY, point.id)
    flask_migrate.downgrade(revision="0014")
    flask_migrate.upgrade()
    db.session.rollback()
    assert db.session.query(func.sum(Stock.stocked), func.sum(Stock.remaining)).one() == (8, 7)
    db.session.rollback()
    assert list(books.verify()) == []


# (code, channel, points, campaign) of links, and (points, campaign, state) of claims, as of revision 0007.
LINKS_BEFORE = (
    ("AAAAAAA2", "qr", 10, "spring"),
    ("AAAAAAA3", "qr", 20, "spring"),
    ("AAAAAAA4", "sms", 5, "spring"),
    ("AAAAAAA5", "qr", 7, ""),
    ("AAAAAAA6", "qr", 0, "pays nothing"),
    ("AAAAAAA7", "qr", 3, "#1"),
)
CLAIMS_BEFORE = (
    (10, "spring", "open"),
    (20, "spring", "open"),
    (20, "spring", "expired"),
    (7, "", "open"),
    (3, "#1", "open"),
    (9, "gone", "open"),
)


def before_campaigns() -> None:
    """Links that pay points, and claims, as a database at revision 0007 has them."""
    known = MetaData()
    with db.engine.begin() as connection:
        known.reflect(connection)
        table = known.tables

        def add(to: str, **values: object) -> int:
            return connection.execute(table[to].insert().values(values)).inserted_primary_key[0]

        place = {"kind": "point", "code": "P1", "name": "网点", "name_en": "Point", "path": "/1/"}
        add("place", id=1, demonstration=False, **place)
        asked = add("questionnaire", slug="asked", title="{}", demonstration=False, taken=0)
        for code, channel, points, campaign in LINKS_BEFORE:
            employee = {"code": f"E{code}", "name": "王", "place_id": 1, "demonstration": False}
            whose = add("employee", **employee)
            pays = {"channel": channel, "points": points, "campaign": campaign}
            of = {"place_id": 1, "employee_id": whose, "questionnaire_id": asked}
            add("link", code=code, taken=0, once_per_device=False, **of, **pays)
        for number, (points, campaign, state) in enumerate(CLAIMS_BEFORE):
            claim = {"points": points, "campaign": campaign, "state": state}
            add("claim", code_hash=bytes([number]) * 32, expires_on=date(2026, 12, 1), **claim)


def test_what_links_paid_and_claims_are_of_become_campaigns(new_app):
    flask_migrate.upgrade(revision="0007")
    before_campaigns()
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        known = MetaData()
        known.reflect(connection)
        campaign, rate, claim = (known.tables[name] for name in ("campaign", "rate", "claim"))
        title = {row.id: row.title for row in connection.execute(select(campaign.c.id, campaign.c.title))}
        title = {key: text if isinstance(text, str) else text["zh"] for key, text in title.items()}
        named = {
            key: next(n for n in ("spring", "#1", "gone", "积分") if n in text) for key, text in title.items()
        }
        pays = {(named[row.campaign_id], row.channel): row.points for row in connection.execute(select(rate))}
        purse = known.tables["purse"]
        sums = select(purse.c.campaign_id, func.sum(purse.c.committed)).group_by(purse.c.campaign_id)
        committed = {named[row[0]]: int(row[1]) for row in connection.execute(sums)}
        claims = sorted(
            (row.points, named[row.campaign_id], row.state) for row in connection.execute(select(claim))
        )
    assert pays == {("spring", "qr"): 20, ("spring", "sms"): 5, ("积分", "qr"): 7, ("#1", "qr"): 3}
    assert committed == {"spring": 30, "#1": 3, "gone": 9, "积分": 7}
    wanted = [(points, name or "积分", state) for points, name, state in CLAIMS_BEFORE]
    assert claims == sorted(wanted)
    assert factories.campaign().id > max(title)  # the numbers of new ones go on


def test_links_and_claims_come_through_a_way_back(new_app):
    flask_migrate.upgrade(revision="0007")
    before_campaigns()
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="0007")
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        known = MetaData()
        known.reflect(connection)
        codes = set(connection.scalars(select(known.tables["link"].c.code)))
    assert codes == {code for code, *_ in LINKS_BEFORE}


def test_the_campaign_of_a_demonstration_goes_with_it(new_app):
    flask_migrate.upgrade(revision="0007")
    with db.engine.begin() as connection:
        known = MetaData()
        known.reflect(connection)
        claim = {"points": 20, "campaign": "demonstration", "state": "open", "expires_on": date(2026, 12, 1)}
        connection.execute(known.tables["claim"].insert().values(code_hash=b"c" * 32, **claim))
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        assert [bool(row) for row in connection.scalars(text("SELECT demonstration FROM campaign"))] == [True]


def test_the_newest_day_is_that_of_answers_and_transfers_and_not_in_the_future(new_app):
    flask_migrate.upgrade()
    assert clock.newest() is None
    point, version = factories.place(), factories.version()
    known = []
    for day in (TODAY, TODAY + timedelta(3), date(2999, 1, 1)):
        give(point, version, day=day)
        db.session.rollback()
        flask_migrate.downgrade(revision="0017")
        with time_machine.travel(f"{TODAY + timedelta(30)} 12:00:00+00:00", tick=False):
            flask_migrate.upgrade()
        db.session.rollback()
        known.append(clock.newest())
    assert known == [TODAY, TODAY + timedelta(3), TODAY + timedelta(31)]


AUGUST, SEPTEMBER, OCTOBER, NOVEMBER = (date(2025, month, 1) for month in (8, 9, 10, 11))


def before_batches(point, version, wang) -> None:
    """Let a database at revision 0016 have answers that were released in their own month, those of 31 August
    in September, and those of November that wait."""
    give(point, version, *some(12), day=AUGUST)
    give(point, version, *some(10), day=AUGUST, served_by=wang)
    give(point, version, *some(5), day=date(2025, 8, 31))
    give(point, version, *some(13), day=SEPTEMBER)
    give(point, version, *some(11), day=date(2025, 10, 5))
    give(point, version, *some(6), day=date(2025, 10, 20), served_by=wang)
    give(point, version, *some(3), day=NOVEMBER)
    flask_migrate.downgrade(revision="0016")
    with db.engine.begin() as connection:
        connection.execute(
            text(
                "DELETE FROM waiting WHERE response_id IN (SELECT id FROM response WHERE day < '2025-11-01')"
            )
        )
        connection.execute(
            text(
                "INSERT INTO late (place_id, response_id, month)"
                " SELECT place_id, id, '2025-09-01' FROM response WHERE day = '2025-08-31'"
            )
        )


def released_by_month(point, employee_id: int = 0) -> dict[date, int]:
    """Return how many responses pages show of a place or employee, by month."""
    of = {"place_id": point.id, "employee_id": employee_id, "part_id": ALL_PARTS}
    statement = select(Tally.start, Tally.n).filter_by(view="released", grain="month", **of)
    months = {start: n for start, n in db.session.execute(statement) if n}
    db.session.rollback()
    return months


def number_of(table: type) -> int:
    count = db.session.scalar(select(func.count()).select_from(table))
    db.session.rollback()
    return count


def test_answers_become_batches_of_the_months_in_which_they_were_shown(new_app):
    flask_migrate.upgrade()
    top, _regions, (point,) = factories.company(1, 1)
    version, wang = factories.version(), factories.employee(point)
    before_batches(point, version, wang)
    flask_migrate.upgrade()
    assert (number_of(Response), number_of(Waiting)) == (57, 3)
    assert set(db.session.scalars(select(Waiting.day))) == {NOVEMBER}
    db.session.rollback()
    list(rebuilding.rebuild())
    assert list(verification.verify()) == []
    # Six of an employee are fewer than a batch holds, so theirs is one batch, of the later month.
    assert released_by_month(point, wang.id) == {OCTOBER: 16}
    assert released_by_month(point) == {AUGUST: 12, SEPTEMBER: 18, OCTOBER: 27}
    assert released_by_month(top) == {AUGUST: 12, SEPTEMBER: 18, OCTOBER: 27}
    assert {queue.ended_on is None for queue in db.session.query(Queue)} == {False}


def test_answers_come_through_a_way_back_from_batches(new_app):
    flask_migrate.upgrade()
    _top, _regions, (point,) = factories.company(1, 1)
    before_batches(point, factories.version(), factories.employee(point))
    flask_migrate.upgrade()
    given = (Response.id, Response.day, Response.employee_id, Response.answers, Response.signs)
    first = sorted(map(repr, db.session.execute(select(*given))))
    db.session.rollback()
    flask_migrate.downgrade(revision="0016")
    with db.engine.connect() as connection:
        counts = [connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("response", "waiting")]
    assert counts == [60, 3]
    flask_migrate.upgrade()
    assert sorted(map(repr, db.session.execute(select(*given)))) == first
    assert db.session.scalar(select(func.sum(Batch.n))) == len(first) == 57


def test_points_that_were_answered_lately_are_open_after_an_upgrade(new_app):
    flask_migrate.upgrade()
    _top, _regions, (busy, quiet) = factories.company(1, 2)
    version, today = factories.version(), datetime.now(UTC).date()
    for ago in range(2, 60):
        give(busy, version, *some(2), day=today - timedelta(ago))
    give(quiet, version, *some(20), day=today - timedelta(200))
    flask_migrate.downgrade(revision="0016")
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM waiting"))
    flask_migrate.upgrade()
    (queue,) = db.session.scalars(select(Queue).filter_by(ended_on=None))
    assert (queue.place_id, queue.questionnaire_id) == (busy.id, version.questionnaire_id)
    assert 1.5 < queue.rate <= 2
    assert (queue.closes_on - queue.opens_on).days in (10, 11, 12)
    assert queue.floor >= 10
