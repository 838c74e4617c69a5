import csv
import json

import pytest

from survey.db import db
from survey.places.models import Place
from survey.transaction import transaction
from survey.weighting import queries
from tests import factories
from tests.survey.tallies.answers import ALIKE, DAY, days, give, release_all, some

FULL = {
    "n",
    "index",
    "dimensions",
    "questions",
    "nps",
    "place",
    "name",
}


@pytest.fixture
def show(app):
    def run(*arguments: str, code: int = 0):
        command = ["indexes", "show", *arguments]
        result = app.test_cli_runner().invoke(args=command, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def rows(show):
    return lambda *arguments: json.loads(show("--format", "json", *arguments).stdout)


@pytest.fixture
def point(app):
    top = factories.place("group", code="TOP")
    factories.version()
    return factories.place("point", factories.place("region", top, code="EAST"), code="P01", name="=SUM(A1)")


@pytest.fixture
def version(point):
    return factories.version()


def test_exact_figures_are_the_same_before_and_after_a_release(rows, point, version):
    for number, day in enumerate(days(5)):
        give(point, version, *some(number + 1, seed=number), day=day)
    before = [rows("--by", by) for by in ("group", "region", "point")]
    assert [place["n"] for [place] in before] == [15, 15, 15]
    release_all()
    give(point, version, *[ALIKE] * 2)
    assert [place["n"] for [place] in [rows("--by", "group")]] == [17]
    release_all()
    [exact] = rows("--to", "2026-11-06")
    assert exact["n"] == 17
    assert rows("--from", "2026-11-03", "--to", "2026-11-04")[0]["n"] == 5


def test_json_has_the_documented_keys(rows, point, version):
    give(point, version, {"quality": 5, "nps": 10}, {"quality": 4, "nps": 3}, {"nps": 8})
    [line] = rows()
    assert line.keys() == FULL
    assert (line["place"], line["n"], line["index"]) == ("P01", 3, 87.5)
    assert line["questions"]["quality"] == {"n": 2, "mean": 4.5, "score": 87.5}
    assert line["nps"] == {"n": 3, "score": 0.0, "promoters": 1, "passives": 1, "detractors": 1}
    assert line["dimensions"]["value"] == {"n": 0, "score": None}


def test_only_the_public_view_suppresses(rows, point, version):
    give(point, version, *[ALIKE] * 4)
    assert rows()[0]["n"] == 4
    release_all()
    assert rows("--public")[0]["n"] == 0
    give(point, version, ALIKE)
    assert rows("--public")[0]["n"] == 0  # five are there, and no command releases them
    release_all()
    assert rows("--public")[0]["n"] == 5


def test_employees_are_listed_with_their_place(rows, point, version):
    wang = factories.employee(point, code="WANG", name="王芳")
    give(point, version, *[ALIKE] * 2, served_by=wang)
    [employee] = rows("--by", "employee")
    assert employee.keys() == FULL | {"at"}
    assert (employee["place"], employee["at"], employee["name"], employee["n"]) == ("WANG", "P01", "王芳", 2)


def test_the_indexes_of_a_part_of_the_tree_are_shown(rows, point, version):
    other = factories.place("point", point.parent)
    elsewhere = factories.place("point")
    assert [row["place"] for row in rows("--place", "EAST")] == ["P01", other.code]
    assert {row["place"] for row in rows()} == {"P01", other.code, elsewhere.code}


def test_the_questionnaire_with_most_answers_is_shown_unless_another_is_asked_for(show, rows, point):
    few, many = factories.version("few"), factories.version("many")
    give(point, few)
    give(point, many, *[ALIKE] * 7)
    release_all()
    result = show()
    assert result.stderr == "Questionnaire: many\n"
    assert rows("--questionnaire", "few")[0]["n"] == 5


def test_csv_is_flat_and_computes_nothing(show, point, version):
    give(point, version, ALIKE, day=DAY)
    [row] = csv.DictReader(show("--format", "csv").stdout.splitlines())
    assert row["name"] == "'=SUM(A1)"
    assert (row["n"], row["nps.score"], row["questions.quality.score"]) == ("1", "100.0", "75.0")


def test_the_table_is_rounded(show, point, version):
    give(point, version, {"quality": 5, "nps": 10}, {"quality": 4, "nps": 9}, {"quality": 4, "nps": 0})
    head, line = show().stdout.splitlines()
    assert head.split()[:4] == ["place", "name", "n", "index"]
    assert line.split() == ["P01", "=SUM(A1)", "3", "83.3", "83.3", "–", "–", "–", "33.33"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--questionnaire", "nope"], "there is no 'nope'; there are: service-satisfaction"),
        (["--place", "nowhere"], "there is no place 'nowhere'"),
        (["--from", "2026-13-01"], "2026-13-01"),
        (["--from", "2026-11-02", "--to", "2026-11-01"], "it is before --from"),
        (["--by", "planet"], "planet"),
    ],
)
def test_unknown_names_are_reported(show, point, arguments, says):
    assert says in show(*arguments, code=2).stderr


def test_without_a_questionnaire_no_indexes_are_shown(show):
    assert "no questionnaire yet" in show(code=2).stderr


def test_weighted_figures_count_by_known_customers(app, show, rows, point, version):
    region = db.session.get(Place, point.parent_id)
    other = factories.place("point", region, code="P02")
    give(point, version, *[dict.fromkeys(ALIKE, 5) | {"comment": "好"}] * 30)
    give(other, version, *[dict.fromkeys(ALIKE, 1) | {"comment": "差"}] * 10)
    release_all()
    assert "no totals of customers" in show("--weighted", code=2).stderr
    with transaction():
        queries.save(DAY.replace(day=1), [("place", point.id, "", 900.0), ("place", other.id, "", 2700.0)])
    [line] = rows("--by", "region", "--weighted")
    assert (line["n"], line["index"]) == (40, 25)
    assert line["effective_n"] == pytest.approx(1600 / (30 / 9 + 90), abs=1e-6)
    assert line["design_effect"] == pytest.approx(40 / line["effective_n"], abs=1e-6)
    assert rows("--by", "region")[0]["index"] == 75
    table = show("--by", "region", "--weighted")
    assert "effective n" in table.stdout
    assert "Weighted by the totals since 2026-11" in table.stderr
    assert "design_effect" in show("--weighted", "--format", "csv").stdout
