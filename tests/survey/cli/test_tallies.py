from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from survey import settings
from survey.batches.opening import open_queues
from survey.db import db
from survey.places import queries
from survey.tallies.models import Tally
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some


@pytest.fixture
def flask(app):
    def run(*arguments: str):
        return app.test_cli_runner().invoke(args=["tallies", *arguments], catch_exceptions=False)

    return run


@pytest.fixture
def point(app):
    """A point with answers over two months, some of an employee, some waiting."""
    top = factories.place("group", code="TOP")
    region = factories.place("region", top, code="EAST")
    point = factories.place("point", region, code="P01")
    version = factories.version()
    wang = factories.employee(point, code="WANG")
    for number, day in enumerate(days(40)):
        give(point, version, *some(3, seed=number), day=day)
        give(point, version, *some(1, seed=-number), day=day, served_by=wang)
    give(factories.place("point", region), version)
    release_all()
    give(point, version, *[ALIKE] * 2)
    return point


def corrupt(statement) -> None:
    with db.engine.begin() as connection:
        connection.execute(statement)
    db.session.rollback()


def test_verify_agrees_after_releasing(flask, point):
    result = flask("verify")
    assert (result.exit_code, result.output) == (0, "Every tally agrees with the responses.\n")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            update(Tally).filter_by(view="exact", grain="day", start=days(3)[2]).values(n=99),
            "service-satisfaction version 1, exact, day 2026-11-04: n is 99:",
        ),
        (
            delete(Tally).filter_by(view="exact", grain="month", start=days(30)[29].replace(day=1)),
            "service-satisfaction version 1, exact, month 2026-12-01: is missing:",
        ),
        (
            update(Tally).filter_by(view="exact", grain="day", start=days(3)[2]).values(cells=b""),
            "service-satisfaction version 1, exact, day 2026-11-04: cannot be read",
        ),
        (
            update(Tally).filter_by(view="exact", grain="day", start=days(3)[2]).values(start=days(90)[89]),
            "service-satisfaction version 1, exact, day 2027-01-30: should not be there: nobody was counted",
        ),
        (
            update(Tally).filter_by(view="released", grain="day").values(n=Tally.n + 1),
            "service-satisfaction version 1, released, day ",
        ),
        (
            delete(Tally).filter_by(view="released", grain="month", start=days(1)[0].replace(day=1)),
            "service-satisfaction version 1, released, month 2026-11-01: is missing:",
        ),
    ],
)
@pytest.mark.parametrize("where", ["TOP", "P01", "P01, employee WANG"])
def test_verify_finds_a_corrupted_tally_and_rebuild_mends_it(flask, point, statement, line, where):
    code, _, employee = where.partition(", employee ")
    place_id = queries.place(code).id
    corrupt(statement.where(Tally.place_id == place_id, (Tally.employee_id > 0) == bool(employee)))
    result = flask("verify")
    assert result.exit_code == 1
    assert any(reported.startswith(f"{where}, {line}") for reported in result.output.splitlines()), (
        result.output
    )
    assert all(reported.startswith(f"{where}, ") for reported in result.stdout.splitlines())
    assert flask("rebuild").exit_code == 0
    assert flask("verify").exit_code == 0


def test_rebuild_leaves_what_waits(flask, point):
    assert flask("rebuild").output == "The tallies of 4 places are counted again.\n"
    assert flask("close").output == "0 responses released.\n"
    assert flask("verify").exit_code == 0


def test_close_says_how_many_were_released(flask, app):
    place, version = factories.place(), factories.version()
    long_ago = settings.current().today() - timedelta(100)
    give(place, version, *[ALIKE] * 30, day=long_ago)
    assert flask("close").output == "0 responses released.\n"  # nobody opened a queue
    open_queues([(place.id, version.questionnaire_id)], long_ago)
    assert flask("close").output == "26 responses released.\n"  # four are held back
    assert flask("close").output == "0 responses released.\n"
    assert flask("verify").exit_code == 0
