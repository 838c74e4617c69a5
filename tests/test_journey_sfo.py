"""A real survey goes the whole way: from the file that another tool wrote to the manager's page.

The file is San Francisco airport's of 2017 (SURVEY_DATA, or shared/data beside the checkout). Where it is
not, a file with columns of the same names and codes as dirty is made up. The right figures are counted here.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from survey.places import queries as places
from tests import factories

ROOT = Path(__file__).resolve().parents[1]
REAL = Path(os.environ.get("SURVEY_DATA", ROOT.parent / "shared/data/sfo-2017.csv"))
EXAMPLE = ROOT / "docs/examples/sfo-2017.toml"
# As in the issue that asked for imports: the two questions alone.
SHORT = """
questionnaire = "airport-2017"
title = { en = "Airport survey", zh = "机场调查" }
[place]
column = "BAREA"
parent = "SFO"
[date]
template = "2017-05-{INTDATE:0>2}"
[[question]]
code = "nps"
column = "NETPRO"
kind = "nps"
blank = ["", "11"]
[[question]]
code = "overall"
column = "Q7ALL"
kind = "rating"
scale = 5
dimension = "quality"
blank = ["", "0", "6", "Blank"]
"""
DIRTY = {
    "NETPRO": ("", "11", *map(str, range(11))),
    "Q7ALL": ("", "0", "6", "Blank", "1", "2", "3", "4", "5"),
    **dict.fromkeys(("Q7ART", "Q7FOOD", "Q7SIGN", "Q9ALL"), ("", "0", "6", "1", "2", "3", "4", "5")),
}
COLUMNS = ("RESPNUM", "INTDATE", "GATE", "BAREA", *DIRTY, "WEIGHT")
# A row of the table beside the ranking: the area, its answers and its index.
RANKED = re.compile(
    r'<th scope="row"><a [^>]*>([A-G])</a></th>\s*<td class="num">([\d,]+)</td>\s*<td class="num">([\d.]+)'
)
NO_RATING = {"", "0", "6", "Blank"}


@dataclass(frozen=True)
class Expected:
    """Counted from the file without the product's help: a figure of NPS, and one of each area's index."""

    nps_n: int
    nps: float
    indexes: dict[str, float]
    areas_n: dict[str, int]


def make_up(path: Path) -> Path:
    chance = Random(2017)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for number in range(1, 1201):
            area = chance.choice("ABCDEFG")
            dirty = {name: chance.choice(values) for name, values in DIRTY.items()}
            fixed = {"RESPNUM": number, "INTDATE": chance.randint(5, 30), "GATE": 40, "BAREA": area}
            writer.writerow(fixed | dirty)
    return path


def count(path: Path) -> Expected:
    likely: list[int] = []
    overall: dict[str, list[int]] = defaultdict(list)
    answered: dict[str, int] = defaultdict(int)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            recommends, rated = row["NETPRO"] not in ("", "11"), row["Q7ALL"] not in NO_RATING
            if recommends:
                likely.append(int(row["NETPRO"]))
            if rated:
                overall[row["BAREA"]].append(int(row["Q7ALL"]))
            answered[row["BAREA"]] += recommends or rated
    promoters, detractors = sum(n >= 9 for n in likely), sum(n <= 6 for n in likely)
    indexes = {area: 25 * (sum(values) / len(values) - 1) for area, values in overall.items()}
    return Expected(len(likely), 100 * (promoters - detractors) / len(likely), indexes, dict(answered))


@pytest.fixture(params=["the real file", "a file made up"])
def survey_file(request, tmp_path: Path) -> Path:
    is_real = request.param == "the real file" and REAL.is_file()
    return REAL if is_real else make_up(tmp_path / "airport.csv")


@pytest.fixture
def expected(survey_file) -> Expected:
    counted = count(survey_file)
    if survey_file == REAL:
        assert (counted.nps_n, round(counted.nps, 2)) == (2746, 39.84)
    return counted


@pytest.fixture
def flask(app):
    def run(*arguments: str) -> str:
        result = app.test_cli_runner().invoke(args=list(arguments))
        assert result.exit_code == 0, result.output
        return result.stdout

    return run


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "short.toml"
    path.write_text(SHORT, "utf-8")
    return path


def figures(flask, by: str) -> dict[str, dict]:
    shown = flask("indexes", "show", "--questionnaire", "airport-2017", "--by", by, "--format", "json")
    return {line["place"]: line for line in json.loads(shown)}


def test_the_figures_are_those_of_the_file(flask, survey_file, expected, short):
    flask("responses", "import", str(survey_file), "--mapping", str(short))
    group = figures(flask, "group")["SFO"]
    assert group["n"] == sum(expected.areas_n.values())
    assert group["nps"]["n"] == expected.nps_n
    assert group["nps"]["score"] == pytest.approx(expected.nps, abs=1e-6)
    areas = figures(flask, "point")
    assert {area: line["n"] for area, line in areas.items()} == expected.areas_n
    assert {area: line["index"] for area, line in areas.items()} == pytest.approx(expected.indexes, abs=1e-6)
    flask("tallies", "verify")


def test_importing_twice_adds_nothing(flask, survey_file, expected, short):
    command = ("responses", "import", str(survey_file), "--mapping", str(short))
    n = f"{sum(expected.areas_n.values()):,}"
    assert f"{n} new, 0 already there." in flask(*command)
    before = figures(flask, "point")
    assert f"0 new, {n} already there." in flask(*command)
    assert figures(flask, "point") == before
    flask("tallies", "verify")


def test_the_example_of_the_docs_reads_the_file(flask, survey_file, expected):
    flask("responses", "import", str(survey_file), "--mapping", str(EXAMPLE))
    group = figures(flask, "group")["SFO"]
    assert (group["nps"]["n"], round(group["nps"]["score"], 6)) == (expected.nps_n, round(expected.nps, 6))
    assert group["questions"].keys() == {"nps", "overall", "art", "food", "signs", "cleanliness"}
    flask("tallies", "verify")


def test_the_manager_reads_the_areas_ranked_and_nothing_else(
    flask, client, sign_in, survey_file, expected, short
):
    flask("responses", "import", str(survey_file), "--mapping", str(short))
    factories.place("point", factories.place("group", name="别家公司"), code="ELSEWHERE", name="别家网点")
    sign_in(client, factories.staff("manager", places.place("SFO")))
    may = {"lang": "en", "from": "2017-05-01", "to": "2017-05-31"}
    response = client.get("/admin/indexes/", query_string=may)
    text = response.get_data(as_text=True)
    assert response.status_code == 200
    shown = [(area, int(n.replace(",", "")), index) for area, n, index in dict.fromkeys(RANKED.findall(text))]
    ranked = sorted(expected.indexes.items(), key=lambda area_and_index: -area_and_index[1])
    assert shown == [(area, expected.areas_n[area], f"{index:.1f}") for area, index in ranked]
    nps = f"{expected.nps:.1f}".replace("-", "−")  # as it is set in print
    assert f">{nps}<" in text
    assert "别家" not in text
    assert "ELSEWHERE" not in text
    assert client.get("/admin/indexes/ELSEWHERE").status_code == 404
