"""Tests that the figures of a moved place count where the place is now."""

import json
import re

import pytest

from survey.places import queries
from survey.tallies import verification
from tests import factories
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some


@pytest.fixture
def company(app):
    """Create TOP with EAST (P1, P2) and WEST (P3), and responses over many days, some not tallied yet."""
    top = factories.place("group", code="TOP")
    east, west = (factories.place("region", top, code) for code in ("EAST", "WEST"))
    points = [factories.place("point", *at) for at in ((east, "P1"), (east, "P2"), (west, "P3"))]
    version = factories.version()
    for number, point in enumerate(points):
        for day in days(40)[number::4]:
            give(point, version, *some(3, seed=day.day), day=day)
    release_all()
    give(points[0], version, *[ALIKE] * 2)
    return app


@pytest.fixture
def figures(company):
    """Return a function that reads a place's figures (responses, index, NPS …) from the command line."""

    def of(*codes):
        runner = company.test_cli_runner()
        figures_by_place = []
        for code in codes:
            command = ["indexes", "show", "--by", "point", "--format", "json", "--place", code]
            rows = json.loads(runner.invoke(args=command, catch_exceptions=False).stdout)
            figures_by_place.append({row["place"]: row for row in rows})
        return figures_by_place

    return of


@pytest.fixture
def numbers(company):
    def of(kind):
        command = ["indexes", "show", "--by", kind, "--format", "json"]
        result = company.test_cli_runner().invoke(args=command, catch_exceptions=False)
        return {row["place"]: row["n"] for row in json.loads(result.stdout)}

    return of


def move(client, code, destination):
    token = re.search('name="csrf_token"[^>]*value="([^"]+)"', client.get(f"/admin/places/{code}/move").text)
    return client.post(
        f"/admin/places/{code}/move", data={"csrf_token": token[1], "destination": destination}
    ).status_code


def test_the_figures_of_both_regions_change_with_the_move(company, client, sign_in, numbers, figures):
    sign_in(client, factories.staff("administrator"))
    before, points = numbers("region"), numbers("point")
    [alone] = figures("P1")
    assert move(client, "P1", "WEST") == 303
    assert queries.place("P1").parent.code == "WEST"
    assert numbers("region") == {
        "EAST": before["EAST"] - points["P1"],
        "WEST": before["WEST"] + points["P1"],
    }
    assert numbers("group") == {"TOP": sum(points.values())}
    east, west = figures("EAST", "WEST")
    assert (east.keys(), west.keys()) == ({"P2"}, {"P1", "P3"})
    assert west["P1"] == alone["P1"]
    assert list(verification.verify()) == []
    release_all()
    assert list(verification.verify()) == []
    assert numbers("region")["WEST"] == before["WEST"] + points["P1"]


def test_a_moved_region_keeps_its_responses_there_and_back(company, client, sign_in, numbers):
    sign_in(client, factories.staff("administrator"))
    before = numbers("region")
    assert move(client, "EAST", "WEST") == 303
    assert numbers("region") == {"EAST": before["EAST"], "WEST": sum(before.values())}
    assert move(client, "EAST", "TOP") == 303
    assert numbers("region") == before
    assert list(verification.verify()) == []


def test_a_refused_move_changes_no_count(company, client, sign_in, numbers):
    sign_in(client, factories.staff("administrator"))
    before = numbers("region")
    for code, destination in (("TOP", "EAST"), ("EAST", "P3"), ("P1", "NOWHERE"), ("EAST", "EAST")):
        assert move(client, code, destination) == 422, (code, destination)
    assert numbers("region") == before
    assert list(verification.verify()) == []
