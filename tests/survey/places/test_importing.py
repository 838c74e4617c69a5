import time

import pytest
from sqlalchemy import event

from survey.db import db
from survey.places import importing, queries
from survey.places.importing import check_file, import_places
from survey.tabular import Unreadable, write
from tests import factories

HEAD = "code,name,name_en,kind,parent\n"


def problems(text, top=None):
    return [(problem.line, problem.column, str(problem)) for problem in check_file(text, top).problems]


def test_parents_may_come_after_their_children(app):
    top = factories.place("group", code="TOP")
    text = HEAD + "P,店,,point,R2\nR2,区二,,region,R1\nR1,区一,Area,区域,TOP\n"
    assert import_places(text, None).written == 3
    point = queries.place("P")
    above = [queries.place(code).id for code in ("TOP", "R1", "R2", "P")]
    assert point.path == "/" + "/".join(map(str, above)) + "/"
    assert above[0] == top.id


@pytest.mark.parametrize(
    ("head", "company"),
    [
        ("code,name,name_en,kind,parent", "group"),
        ("Unit code,name,name_en,kind,Parent unit code", "company"),
        ("机构编码,名称,英文名称,类型,上级机构编码", "公司"),
        ("编码,名称,英文名,类型,上级", "集团"),
        ("代码,名称,英文名,类型,上级编码", "集团"),
    ],
)
def test_headings_of_today_and_of_older_files_are_read(app, head, company):
    assert import_places(f"{head}\nTOP,回音,,{company},\nR1,华东,,区域,TOP\n", None).written == 2
    assert queries.place("TOP").kind == "group"
    assert queries.place("R1").parent.code == "TOP"


def test_every_bad_row_is_named_by_line_and_column(app):
    factories.place("point", factories.place("region", code="R"), code="OLD")
    text = (
        "编码,名称,英文名,类型,上级\n"
        ",无编码,,,R\n"  # 2
        "A,一,,,R\n"  # 3
        "A,二,,,R\n"  # 4
        "OLD,三,,,R\n"  # 5
        "B,四,,,NOWHERE\n"  # 6
        "C,五,,,OLD\n"  # 7
        "D,六,,region,E\n"  # 8
        "E,七,,region,D\n"  # 9
        f"F,{'长' * 201},,,R\n"  # 10
        "G,\x07八,,,R\n"  # 11
        "H,九,,town,R\n"  # 12
        "I,十\n"  # 13
        "J,儿,,,A\n"  # 14
        "K,孙,,,E\n"  # 15
    )
    assert problems(text) == [
        (2, "编码", "is missing"),
        (3, "编码", "A is also on line 4"),
        (4, "编码", "A is also on line 3"),
        (5, "编码", "OLD already exists"),
        (6, "上级", "NOWHERE does not exist"),
        (7, "上级", "OLD is a service point and cannot have units below it"),
        (8, "上级", "D cannot be its own parent"),
        (9, "上级", "E cannot be its own parent"),
        (10, "名称", "is longer than 200 characters"),
        (11, "名称", "contains a control character"),
        (12, "类型", "“town” is not a valid type: group, region or point"),
        (13, "", "has 2 cells where the header has 5"),
        (14, "上级", "the row of A on line 3 has errors"),
        (15, "上级", "the row of E on line 9 has errors"),
    ]


def test_nothing_is_written_while_a_row_is_bad_unless_asked(app):
    factories.place("region", code="R")
    text = HEAD + "A,一,,,R\nB,,,,R\n"
    assert import_places(text, None).written == 0
    assert queries.place("A") is None
    assert import_places(text, None, good_rows=True).written == 1
    assert queries.place("A") is not None


def test_a_user_adds_nothing_outside_their_scope(app):
    mine, _other = factories.place("region", code="MINE"), factories.place("region", code="OTHER")
    reported = problems(HEAD + "A,一,,,OTHER\nB,二,,,\nC,三,,,MINE\n", mine)
    assert [line for line, _column, _text in reported] == [2, 3]
    assert all("outside your scope" in text for *_, text in reported)


def test_a_row_that_would_lie_too_deep_is_bad_and_so_are_those_below(app):
    rows = [(f"R{n}", "区", "", "region", f"R{n - 1}" if n else "") for n in range(32)]
    reported = problems(write([HEAD.strip().split(","), *rows]))
    assert [line for line, *_ in reported] == [32, 33]


def test_the_template_can_be_imported(app):
    assert import_places(write(importing.TEMPLATE), None).written == 3


@pytest.mark.parametrize(
    "text", ["", HEAD, "name\nA\n", "code,name,colour\nA,B,C\n", "code,name,code\nA,B,C\n"]
)
def test_what_is_no_table_of_places_is_unreadable(app, text):
    with pytest.raises(Unreadable):
        check_file(text, None)


def test_five_thousand_points_take_seconds_and_few_statements(app):
    regions = [(f"R{n}", f"区 {n}", "", "region", "TOP") for n in range(50)]
    points = [(f"P{n}", f"网点 {n}", f"Point {n}", "point", f"R{n % 50}") for n in range(5000)]
    text = write([HEAD.strip().split(","), ("TOP", "集团", "", "group", ""), *regions, *points])
    statements = []
    count = lambda *args: statements.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", count)
    started = time.process_time()
    written = import_places(text, None).written
    seconds = time.process_time() - started
    event.remove(db.engine, "before_cursor_execute", count)
    print(f"{db.engine.dialect.name}: {seconds:.2f} s, {len(statements)} statements")
    assert written == 5051
    assert seconds < 10  # two on idle cores; a statement a row would take a minute
    assert len(statements) < 40
