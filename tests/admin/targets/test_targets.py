from __future__ import annotations

from datetime import date

import pytest

from survey.targets import queries
from survey.targets.setting import set_targets
from tests import factories
from tests.admin.forms import post
from tests.survey.tallies.answers import ALIKE, give, release_all

YEAR = 2026
NEW = "/admin/targets/-/new"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def version(company):
    return factories.version("service-satisfaction")


def send(client, **changes):
    fields = {"place": "EAST", "questionnaire": "", "figure": "index", "first": "2026-01", "last": "2026-03"}
    return post(client, NEW, page=NEW, **(fields | {"value": "80"} | changes))


def stored(place, questionnaire_id=0) -> list[float]:
    return list(
        queries.of_places([place.id], questionnaire_id, "index", date(YEAR, 1, 1), date(YEAR, 12, 1)).values()
    )


def test_an_administrator_sets_and_removes_targets(enter, company, version):
    client = enter("administrator")
    assert send(client).status_code == 303
    assert stored(company["EAST"]) == [80, 80, 80]
    assert send(client, first="2026-03", value="").status_code == 303
    assert stored(company["EAST"]) == [80, 80]
    assert send(client, questionnaire="service-satisfaction", value="70.5").status_code == 303
    assert stored(company["EAST"], version.questionnaire_id)[-3:] == [70.5] * 3
    page = client.get(f"/admin/targets/?year={YEAR}", headers=ENGLISH).text
    assert "70.5" in page
    assert "Index" in page
    assert "80" not in client.get("/admin/targets/?year=2025").text.split("<main")[1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "NOWHERE"},
        {"place": ""},
        {"value": "101"},
        {"value": "much"},
        {"value": "nan"},
        {"first": "2026-04"},
        {"first": "soon"},
        {"figure": "question:quality"},
        {"questionnaire": "none"},
        {"first": "1900-01"},
    ],
)
def test_an_impossible_target_is_rejected_with_a_reason(enter, company, version, wrong):
    answer = send(enter("administrator"), **wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert stored(company["EAST"]) == []


@pytest.mark.parametrize("role", ["manager", "auditor"])
def test_other_roles_read_targets_in_their_scope_and_set_none(enter, company, version, role):
    set_targets(company["TOP"], None, "index", date(YEAR, 1, 1), date(YEAR, 1, 1), 91)
    set_targets(company["P1"], None, "index", date(YEAR, 1, 1), date(YEAR, 1, 1), 77)
    set_targets(company["WEST"], None, "index", date(YEAR, 1, 1), date(YEAR, 1, 1), 66)
    client = enter(role)
    page = client.get(f"/admin/targets/?year={YEAR}").text
    assert "77.0" in page
    assert ("66.0" in page) == ("91.0" in page) == (role == "auditor")
    assert NEW not in page
    assert client.get(NEW).status_code == 403
    assert client.get("/admin/targets/P1").status_code == 200
    assert client.get("/admin/targets/P2").status_code == (404 if role == "manager" else 200)


def test_a_month_is_compared_with_an_inherited_target(enter, company, version):
    give(company["P1"], version, *[ALIKE] * 6, day=date(YEAR, 11, 2))
    release_all()
    set_targets(company["TOP"], None, "index", date(YEAR, 11, 1), date(YEAR, 11, 1), 60)
    set_targets(company["TOP"], None, "nps", date(YEAR, 11, 1), date(YEAR, 11, 1), 100)
    address = f"/admin/targets/P1?year={YEAR}&questionnaire=service-satisfaction&figure="
    page = enter("manager").get(address + "index", headers=ENGLISH).text
    assert "125.0%" in page
    assert "Parent unit" in page
    assert company["TOP"].name not in page
    assert company["TOP"].name in enter("auditor").get(address + "index").text
    assert (
        "Neither this unit nor a unit above it has a target for this metric."
        in enter("manager").get(address + "satisfied", headers=ENGLISH).text
    )
    assert enter("manager").get(address + "nonsense").status_code == 422
    assert enter("manager").get("/admin/targets/P1?year=1").status_code == 422


def test_pages_of_targets_work_without_a_questionnaire(enter, company):
    assert enter("administrator").get("/admin/targets/P1").status_code == 200
    assert enter("administrator").get("/admin/targets/?year=99999&page=7").status_code == 200
