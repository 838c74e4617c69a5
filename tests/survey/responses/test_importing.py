from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import current_app

from survey.db import db
from survey.places import layout
from survey.places import queries as places
from survey.places.models import Place
from survey.questionnaires.models import Questionnaire, Version
from survey.responses import importing
from survey.responses.importing import BadRows, Import, Unfinished
from survey.responses.mapping import ImportRefused, parse
from survey.responses.models import Waiting
from survey.tallies.history import release_files
from tests import factories
from tests.factories import TODAY
from tests.processes import at_once

MAPPING = """
questionnaire = "counter"
[place]
column = "point"
parent = "CO"
[date]
template = "{day}"
[[question]]
code = "nps"
column = "recommend"
kind = "nps"
blank = ["", "11"]
[[question]]
code = "overall"
column = "all"
kind = "rating"
scale = 5
blank = ["0", "Blank"]
[[question]]
code = "comment"
column = "said"
kind = "text"
"""
HEADER = "point,day,recommend,all,said"


@pytest.fixture
def new_file(tmp_path: Path):
    def make(*lines: str, header: str = HEADER, name: str = "answers.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join((header, *lines, "")).encode(encoding))
        return path

    return make


def run(path: Path, mapping: str = MAPPING, skip_bad: bool = False):
    """Checks and writes; returns the outcome and what was reported."""
    faults: list[str] = []
    job = Import.of(path, parse(mapping), TODAY)
    job.check(lambda fault: faults.append(str(fault)), skip_bad)
    return job.write(), faults


def faults_of(path: Path, mapping: str = MAPPING) -> list[str]:
    faults: list[str] = []
    with pytest.raises(BadRows):
        Import.of(path, parse(mapping), TODAY).check(lambda fault: faults.append(str(fault)), False)
    assert rows_everywhere() == {}
    return faults


def responses() -> list[Waiting]:
    """Return what was imported, which waits to be released."""
    return list(db.session.scalars(db.select(Waiting).order_by(Waiting.day)))


def rows_everywhere() -> dict[str, int]:
    """How many rows each table has that has any."""
    counts = {
        table.name: db.session.scalar(db.select(db.func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return {name: count for name, count in counts.items() if count}


def test_answers_become_responses(app, new_file):
    outcome, faults = run(new_file('A,2026-05-01,9,4,"好, ""很好"""', "B,2026-05-02,,5,"))
    assert (outcome.new, outcome.known, faults) == (2, 0, [])
    first, second = responses()
    assert first.answers == {"nps": 9, "overall": 4, "comment": '好, "很好"'}
    assert (first.day, first.channel, first.locale) == (date(2026, 5, 1), "import", "und")
    assert first.employee_id is None
    assert second.answers == {"overall": 5}


def test_each_waits_as_imported_and_in_no_reserve(app, new_file):
    run(new_file("A,2026-05-01,9,4,", "A,2026-05-01,9,4,"))
    assert [(one.imported, one.queue_id) for one in responses()] == [(True, None)] * 2
    assert "response" not in rows_everywhere()


def test_answers_that_were_released_are_not_imported_again(app, new_file):
    path = new_file(*["A,2026-05-01,9,4,"] * 5)
    run(path)
    assert release_files(5) == 5
    assert (rows_everywhere()["response"], responses()) == (5, [])
    outcome, _ = run(path)
    assert (outcome.new, outcome.known) == (0, 5)
    assert responses() == []


def test_what_is_missing_is_made(app, new_file):
    outcome, _ = run(new_file("A,2026-05-01,9,4,", "B,2026-05-01,9,4,"))
    assert (outcome.parent, outcome.places, outcome.questionnaire) == (True, ("A", "B"), True)
    top = places.place("CO")
    assert (top.kind, top.parent_id, top.name) == ("group", None, "CO")
    assert [(p.code, p.kind, p.name) for p in places.children(top)] == [
        ("A", "point", "A"),
        ("B", "point", "B"),
    ]
    version = db.session.scalars(db.select(Version)).one()
    assert (version.questionnaire.slug, version.state, version.published_on) == (
        "counter",
        "published",
        TODAY,
    )
    assert [q.code for q in version.definition.questions] == ["nps", "overall", "comment"]


def test_what_is_there_is_used(app, new_file):
    top = factories.place("group", code="CO")
    point = factories.place("point", factories.place("region", top), code="A")
    run(new_file("A,2026-05-01,9,4,"))
    outcome, _ = run(new_file("A,2026-05-02,9,4,"))
    assert (outcome.parent, outcome.places, outcome.questionnaire) == (False, (), False)
    assert {r.place_id for r in responses()} == {point.id}
    assert rows_everywhere()["version"] == 1


def test_the_same_file_again_adds_nothing(app, new_file):
    lines = [f"{'AB'[n % 2]},2026-05-01,{n % 11},4," for n in range(30)]
    run(new_file(*lines))
    before = rows_everywhere()
    outcome, _ = run(new_file(*lines, name="renamed.csv"))
    assert (outcome.new, outcome.known) == (0, 30)
    assert rows_everywhere() == before


def test_equal_rows_of_a_file_are_each_a_response(app, new_file):
    assert run(new_file(*["A,2026-05-01,9,4,"] * 7))[0].new == 7


def test_rows_that_are_there_are_left_and_the_others_added(app, new_file):
    path = new_file("A,2026-05-01,9,4,", "A,2026-05-01,99,4,", "A,2026-05-03,9,4,")
    assert run(path, skip_bad=True)[0].new == 2
    outcome, _ = run(path, MAPPING.replace('["", "11"]', '["", "11", "99"]'))
    assert (outcome.new, outcome.known) == (1, 2)
    assert rows_everywhere()["waiting"] == 3


def test_an_import_that_was_cut_off_is_finished_by_importing_again(app, new_file, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    path = new_file(*[f"{'ABC'[n // 2]},2026-05-01,9,4," for n in range(5)])
    with monkeypatch.context() as patch:
        patch.setattr(importing.queries, "add_bulk", _cut_off_after(importing.queries.add_bulk, 2))
        with pytest.raises(KeyboardInterrupt):
            run(path)
    assert rows_everywhere() == {
        "place": 3, "questionnaire": 1, "version": 1, "waiting": 4,
    }  # fmt: skip
    outcome, _ = run(path)
    assert (outcome.new, outcome.known, outcome.places) == (1, 4, ("C",))
    assert rows_everywhere()["waiting"] == 5


def test_an_import_that_can_no_longer_go_on_says_what_it_wrote(app, new_file, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 1)
    path = new_file("A,2026-05-01,9,4,", "B,2026-05-01,9,4,", "C,2026-05-01,9,4,")
    job = Import.of(path, parse(MAPPING), TODAY)
    add = importing.queries.add_bulk

    def add_and_interfere(session, rows):
        if not places.place("C"):
            layout.insert_place(session, None, "group", "C", "C")
        return add(session, rows)

    monkeypatch.setattr(importing.queries, "add_bulk", add_and_interfere)
    with pytest.raises(
        Unfinished, match='"C" is the code of a place that does not lie below CO'
    ) as unfinished:
        job.write()
    assert unfinished.value.new == len(responses()) == 2


def test_places_that_an_import_made_meanwhile_are_used(app, new_file, monkeypatch):
    first, second = (new_file("A,2026-05-01,9,4,", name=name, header=HEADER + "," + name) for name in "ab")
    for path in (first, second):
        path.write_text(path.read_text().replace("9,4,", "9,4,,"))
    job = Import.of(first, parse(MAPPING), TODAY)
    job.check(lambda _fault: None, False)
    run(second)
    outcome = job.write()
    assert (outcome.new, outcome.places, outcome.questionnaire) == (1, (), False)
    assert rows_everywhere()["place"] == 2


def _cut_off_after(store, times: int):
    left = iter(range(times))

    def cut_off(*arguments):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return store(*arguments)

    return cut_off


def imported(path: str) -> tuple[int, int]:
    outcome, _ = run(Path(path))
    return outcome.new, outcome.known


def test_a_file_that_is_imported_in_parallel_is_stored_once(app, new_file):
    path = new_file(*[f"{'ABC'[n % 3]},2026-05-01,{n % 11},4," for n in range(500)])
    results = at_once(current_app.config["SETTINGS"], imported, [(str(path),)] * 4)
    assert sorted(results) == [(0, 500), (0, 500), (0, 500), (500, 0)]
    assert rows_everywhere() == {
        "place": 4, "questionnaire": 1, "version": 1, "waiting": 500,
    }  # fmt: skip


def imported_in_chunks(path: str) -> int:
    importing.CHUNK = 7
    return run(Path(path))[0].new


def test_each_row_of_parallel_chunks_is_imported_once(app, new_file):
    path = new_file(*[f"P{n // 40},2026-05-01,{n % 11},4," for n in range(500)])
    results = at_once(current_app.config["SETTINGS"], imported_in_chunks, [(str(path),)] * 3)
    assert sum(results) == 500
    assert rows_everywhere() == {
        "place": 14, "questionnaire": 1, "version": 1, "waiting": 500,
    }  # fmt: skip


def test_the_preview_counts_and_writes_nothing(app, new_file):
    path = new_file("A,2026-05-01,9,4,", "B,2026-05-02,9,4,", "B,2026-05-02,,,")
    job = Import.of(path, parse(MAPPING), TODAY)
    outcome = job.preview()
    assert (outcome.new, outcome.known, outcome.places) == (2, 0, ("A", "B"))
    assert rows_everywhere() == {}
    assert job.write() == outcome
    assert replace(outcome, new=0, known=2, places=(), parent=False, questionnaire=False) == job.preview()


def test_faults_are_told_with_line_and_column_and_nothing_is_written(app, new_file):
    path = new_file(
        "A,2026-05-01,12,4,",
        '"A",2026-05-01,9,4,"two',
        'lines"',
        "",
        "A,2026-05-01,9,7,",
        "A,2026-13-01,nine,4,",
        ",2026-05-01,9,4,",
        "A,2026-05-01,9",
    )
    assert faults_of(path) == [
        'line 2, column recommend: "12" not in range',
        'line 6, column all: "7" not in range',
        'line 7, column recommend: "nine" not in range',
        'line 7, column day: "2026-13-01" is no date (YYYY-MM-DD) from 1900 to tomorrow',
        'line 8, column point: "" is blank',
        'line 9, column *: "A,2026-05-01,9" 3 fields instead of 5',
    ]


def test_bad_rows_are_skipped_whole_when_told_so(app, new_file):
    outcome, faults = run(
        new_file("A,2026-05-01,9,4,", "B,2026-05-01,9,7,", "A,2026-05-02,9,"), skip_bad=True
    )
    assert (outcome.new, outcome.count.bad, len(faults)) == (1, 2, 2)
    assert places.place("B") is None


def test_rows_without_any_answer_are_no_responses(app, new_file):
    outcome, _ = run(new_file("A,2026-05-01,11,Blank,", ",,,,", "A,nonsense,,0,", "A,2026-05-01,9,4,"))
    assert (outcome.count.rows, outcome.count.blank, outcome.new) == (4, 3, 1)


def test_a_file_without_a_good_row_makes_nothing(app, new_file):
    outcome, _ = run(new_file("A,2026-05-01,,,"))
    assert (outcome.new, outcome.parent, outcome.questionnaire) == (0, False, False)
    assert rows_everywhere() == {}


@pytest.mark.parametrize(
    ("said", "fault"),
    [("x" * 2001, "too long"), ("a\u202eb", "has forbidden characters")],
)
def test_texts_are_checked_as_on_the_page(embedded_app, new_file, said, fault):
    assert faults_of(new_file(f"A,2026-05-01,9,4,{said}"))[0].endswith(fault)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_is_read_as_spreadsheets_write_it(embedded_app, new_file, encoding):
    run(new_file("A,2026-05-01,9,4,很满意", encoding=encoding))
    assert responses()[0].answers["comment"] == "很满意"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("point,day,recommend,all", 'no column "said"'),
        ("point,day,recommend,all,said,all", 'more than one column "all"'),
        ("", 'no column "recommend"'),
    ],
)
def test_columns_must_be_there_once(embedded_app, new_file, header, told):
    with pytest.raises(ImportRefused, match=told):
        run(new_file("A,2026-05-01,9,4,", header=header))


def test_what_is_no_csv_is_refused(embedded_app, new_file, tmp_path):
    with pytest.raises(ImportRefused, match=r"line 3: not readable as CSV"):
        run(new_file("A,2026-05-01,9,4,", 'A,2026-05-01,9,4,"open'))
    for name, content in {
        "a.xlsx": b"PK\x03\x04",
        "b.csv": "a,b".encode("utf-16"),
        "c.csv": b"\xff\xff",
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ImportRefused, match=name):
            run(tmp_path / name)


def test_a_questionnaire_that_is_there_must_ask_the_same(app, new_file):
    path = new_file("A,2026-05-01,9,4,")
    run(path)
    for old, new, told in (
        ("scale = 5", "scale = 4", "overall has a scale of 5 in counter, not 4"),
        ('kind = "nps"', 'kind = "rating"\nscale = 10', "nps is nps in questionnaire counter, not rating"),
        ('code = "nps"', 'code = "likely"', "does not ask likely"),
    ):
        with pytest.raises(ImportRefused, match=told):
            run(path, MAPPING.replace(old, new))


def test_a_questionnaire_that_nobody_published_is_refused(app, new_file):
    db.session.add(Questionnaire(slug="counter", title={"en": "Counter"}))
    db.session.commit()
    with pytest.raises(ImportRefused, match="no published version"):
        run(new_file("A,2026-05-01,9,4,"))


def test_codes_must_be_service_points_below_the_parent(app, new_file):
    top = factories.place("group", code="CO")
    factories.place("region", top, code="NORTH")
    factories.place("point", factories.place("group"), code="X1")
    lines = [f"{code},2026-05-01,9,4," for code in ("NORTH", "X1", "CO", "a" * 65)]
    faults: list[str] = []
    with pytest.raises(BadRows):
        Import.of(new_file(*lines), parse(MAPPING), TODAY).check(lambda f: faults.append(f.reason), False)
    assert faults[0] == "is a region, not a service point"
    assert faults[1] == "is the code of a place that does not lie below CO"
    assert faults[2] == "is the place that service points lie below"
    assert faults[3].startswith("is no code")
    assert db.session.scalars(db.select(db.func.count(Place.id))).one() == 4


def test_a_service_point_cannot_be_the_parent(app, new_file):
    factories.place("point", code="CO")
    with pytest.raises(ImportRefused, match="CO is a service point"):
        run(new_file("A,2026-05-01,9,4,"))


def test_the_same_file_at_other_places_is_refused(app, new_file):
    path = new_file("A,2026-05-01,9,4,B", "A,2026-05-02,9,4,B")
    run(path)
    with pytest.raises(
        ImportRefused, match="imported already, with another mapping: line 2 is at A, not at B"
    ):
        run(path, MAPPING.replace('"point"', '"said"'))
    assert rows_everywhere()["waiting"] == 2
