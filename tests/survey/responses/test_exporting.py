import csv
import io
from collections import Counter
from datetime import date

import duckdb
import openpyxl
import pyreadstat
import pytest

from survey.periods import Period
from survey.responses.export import FORMATS
from survey.responses.exporting import Export
from survey.tallies import rebuilding
from survey.tallies.queries import subjects
from survey.tallies.reading import monthly_rows, pool_of
from survey.tallies.selection import Selection
from tests import factories
from tests.survey.answering.documents import item, publish
from tests.survey.tallies.answers import ALIKE, days, give, release_all, some

DAY = date(2026, 11, 2)
NASTY = ("=1+1", 'said "no", twice', "first\nsecond", "😀 好，很好")


def lines(export, form="csv"):
    text = b"".join(export.write(form)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def company(app):
    return factories.company(2, 1)


@pytest.fixture
def points(company):
    return company[2]


@pytest.fixture
def version(app):
    return factories.version()


def complete(version, **changes):
    return Export(version.questionnaire, complete=True, language="en", **changes)


def shown(version, **changes):
    return Export(version.questionnaire, complete=False, language="en", **changes)


def test_everything_is_in_a_complete_file_though_nothing_is_counted_yet(points, version):
    wang = factories.employee(points[0], code="WANG", name="王芳")
    give(points[0], version, {"overall": 3, "comment": "=1+1"}, served_by=wang)
    assert complete(version).count() == 1
    (line,) = lines(complete(version))
    assert (line["day"], line["place_code"], line["channel"]) == ("2026-11-02", points[0].code, "qr")
    assert (line["employee_code"], line["employee_name"], line["language"]) == ("WANG", "王芳", "zh")
    assert (line["overall"], line["overall.label"], line["comment"]) == ("3", "Neutral", "'=1+1")


def test_signs_of_carelessness_are_columns_and_unknown_ones_are_empty(points, version):
    best = dict.fromkeys(("quality", "effectiveness", "innovation", "value", "overall"), 5)
    give(points[0], version, best, seconds=3)
    give(points[0], version, *[best] * 4)
    signs = [(line["alike"], line["all_best"], line["hasty"]) for line in lines(complete(version))]
    assert sorted(signs) == [("0", "1", ""), ("0", "1", ""), ("0", "1", ""), ("0", "1", ""), ("0", "1", "1")]
    release_all()
    assert {(line["all_best"], line["hasty"]) for line in lines(shown(version))} == {("1", "")}
    assert {line["all_best"] for line in lines(shown(version), "long") if line["question"] == "overall"} == {
        "1"
    }


def test_each_format_holds_the_same_answers(points, version, tmp_path):
    given = [*some(30, seed=3), *({"overall": 1, "comment": text} for text in NASTY)]
    give(points[0], version, *given)
    wanted = Counter((answers.get("overall"), answers.get("comment")) for answers in given)
    wide = [
        (int(line["overall"]) if line["overall"] else None, line["comment"].removeprefix("'") or None)
        for line in lines(complete(version))
    ]
    files = {}
    for form in ("xlsx", "sav", "parquet"):
        files[form] = tmp_path / f"file.{form}"
        files[form].write_bytes(b"".join(complete(version).write(form)))
    sheet = openpyxl.load_workbook(files["xlsx"])["Responses"].iter_rows(values_only=True)
    head = next(sheet)
    at = head.index("overall"), head.index("comment")
    book = [(row[at[0]], row[at[1]] if len(row) > at[1] else None) for row in sheet]
    columns, _about = pyreadstat.read_sav(str(files["sav"]), output_format="dict")
    spss = [
        (None if overall is None or overall != overall else int(overall), text or None)
        for overall, text in zip(columns["overall"], columns["comment"], strict=True)
    ]
    with duckdb.connect() as connection:
        file = str(files["parquet"])
        parquet = connection.execute("SELECT overall, comment FROM read_parquet(?)", [file]).fetchall()
    assert Counter(wide) == Counter(book) == Counter(spss) == Counter(parquet) == wanted


def test_what_fewer_than_k_gave_is_in_no_file_that_pages_stand_for(points, version):
    wang = factories.employee(points[0])
    give(points[0], version, *[ALIKE] * 4)
    give(points[1], version, *[ALIKE] * 4, served_by=None)
    release_all()
    assert shown(version).count() == 0
    assert lines(shown(version)) == lines(shown(version), "long") == []
    give(points[0], version, *[ALIKE] * 4, served_by=wang)
    release_all()
    assert len(lines(shown(version))) == shown(version).count() == 8


def test_a_released_row_keeps_no_day_no_channel_and_no_words(points, version):
    give(points[0], version, *[ALIKE] * 5, day=DAY)
    release_all()
    released = lines(shown(version))
    assert {line["quarter"] for line in released} == {"2026-Q4"}
    told = {
        "day",
        "month",
        "place_code",
        "employee_code",
        "channel",
        "language",
        "comment",
        "quality_opinion",
    }
    assert not released[0].keys() & told
    assert [line["response"] for line in released] == ["1", "2", "3", "4", "5"]


def test_words_of_customers_are_shown_apart_in_the_long_file_only(points, version):
    give(points[0], version, *({"overall": 4, "comment": f"{n} 好"} for n in range(5)))
    release_all()
    released = lines(shown(version), "long")
    comments = [line for line in released if line["question"] == "comment"]
    assert sorted(line["value"] for line in comments) == [f"{n} 好" for n in range(5)]
    assert {line["response"] for line in comments} == {""}
    assert {line["response"] for line in released if line["question"] == "overall"} == set("12345")


def test_an_answer_that_few_of_a_group_gave_is_empty(points, version):
    give(points[0], version, *[{"overall": 3}] * 6, *[{"overall": 3, "innovation": 1}] * 4)
    release_all()
    rows = lines(shown(version))
    assert len(rows) == 10
    assert {line["innovation"] for line in rows} == {""}
    assert {line["overall"] for line in rows} == {"3"}


def test_a_released_file_agrees_with_the_pages(company, version):
    """Quarter by quarter, also where a batch was released in a later one than its first answers."""
    top, _regions, points = company
    wang = factories.employee(points[0])
    for number, day in enumerate(days(70, date(2026, 9, 1))):
        give(points[number % 2], version, *some(1 + number % 2, seed=number), day=day)
        give(points[0], version, *some(1, seed=number), day=day, served_by=wang)
        if number % 9 == 0:
            release_all()
    release_all()
    about = subjects.of_place(top).key

    def by_quarter():
        autumn = Period(date(2026, 9, 1), date(2026, 11, 30))
        rows = monthly_rows(pool_of([version]), Selection([version], autumn), about)
        third, *fourth = rows[:, 0].tolist()
        return {quarter: n for quarter, n in (("2026-Q3", third), ("2026-Q4", sum(fourth))) if n}

    def in_file():
        return dict(Counter(line["quarter"] for line in lines(shown(version, top=top))))

    assert in_file() == by_quarter()
    for _done in rebuilding.rebuild():
        pass
    assert in_file() == by_quarter()


def test_two_files_differ_by_none_or_by_k(points, version):
    before = 0
    for number in range(14):
        give(points[0], version, *some(1, seed=number), day=date(2026, 11, 1 + number))
        release_all()
        now = len(lines(shown(version)))
        assert now == before or now - before >= 5
        before = now
    assert before == 10


def test_withheld_questions_are_for_those_who_may_read_them(points, app):
    asked = publish(item("q"), item("coach", withheld=True))
    give(points[0], asked, *[{"q": 3, "coach": 1}] * 5)
    release_all()
    assert "coach" not in lines(shown(asked))[0]
    assert "coach" not in b"".join(shown(asked).write("columns")).decode()
    assert lines(shown(asked, withheld=True))[0]["coach"] == "1"
    assert lines(complete(asked))[0]["coach"] == "1"


def test_a_version_that_lifts_it_shows_no_answers_that_were_given_before(points, app):
    old = publish(item("q"), item("coach", withheld=True), item("why", "text", withheld=True))
    give(points[0], old, *[{"q": 3, "coach": 1, "why": "before"}] * 5)
    new = publish(item("q"), item("coach"), item("why", "text"))
    give(points[0], new, *[{"q": 3, "coach": 2, "why": "after"}] * 5)
    release_all()
    assert Counter(line["coach"] for line in lines(shown(new))) == {"": 5, "2": 5}
    text = b"".join(shown(new).write("long")).decode()
    assert "after" in text
    assert "before" not in text


def test_only_the_part_and_the_period_asked_for(company, version):
    _top, (east, _west), points = company
    give(points[0], version, ALIKE, day=date(2026, 10, 31))
    give(points[0], version, ALIKE, day=date(2026, 11, 1))
    give(points[1], version, ALIKE, day=date(2026, 11, 1))
    assert len(lines(complete(version, top=east))) == 2
    assert len(lines(complete(version, top=east, first=date(2026, 11, 1)))) == 1
    assert len(lines(complete(version, last=date(2026, 10, 31)))) == 1


def test_contacts_are_in_no_file(points, app):
    asked = publish(item("q"), item("call", "contact"))
    give(points[0], asked, *[{"q": 3}] * 5)
    for form in ("csv", "long", "columns"):
        assert b"call" not in b"".join(complete(asked).write(form))


@pytest.mark.parametrize("form", FORMATS)
def test_without_any_answer_there_is_a_file_that_can_be_read(points, version, form, tmp_path):
    for export in (complete(version), shown(version)):
        path = tmp_path / f"empty.{form}"
        path.write_bytes(b"".join(export.write(form)))
        match form:
            case "xlsx":
                assert openpyxl.load_workbook(path)["Responses"].max_row == 1
            case "sav":
                assert len(pyreadstat.read_sav(str(path), output_format="dict")[0]["overall"]) == 0
            case "parquet":
                with duckdb.connect() as connection:
                    assert connection.read_parquet(str(path)).fetchall() == []
            case _:
                assert path.read_bytes()


def test_drafts_are_not_asked_of_anybody(points, version):
    questionnaire = version.questionnaire
    assert [exported_version.number for exported_version in complete(version)._versions] == [1]
    assert Export(questionnaire, complete=True).count() == 0


def test_progress_counts_the_rows(points, version):
    give(points[0], version, *[ALIKE] * 7)
    told = []
    assert b"".join(complete(version).write("csv", told.append))
    assert sum(told) == 7


def test_memory_does_not_grow_with_the_rows(points, version, monkeypatch):
    """A page at a time is held, however many there are."""
    monkeypatch.setattr("survey.responses.exporting.PAGE", 10)
    monkeypatch.setattr("survey.responses.export.queries.PAGE", 10)
    give(points[0], version, *[ALIKE] * 200)
    held = [len(page.rows) for page in complete(version)._table("csv", lambda _: None).pages]
    assert held == [10] * 20
