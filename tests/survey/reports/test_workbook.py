import io
import statistics
from datetime import date

import openpyxl
import pytest

from survey.reports.workbook import xlsx
from tests import factories
from tests.survey.reports.conftest import answer_at, save_customer_totals

SHEETS = ["Overview", "Units", "Months", "Questions", "Answers", "Drivers", "Methods"]


def open_workbook(report):
    return openpyxl.load_workbook(io.BytesIO(xlsx(report)))


def rows(sheet):
    return list(sheet.iter_rows(values_only=True))


@pytest.fixture
def book(tree, report):
    return open_workbook(report(tree[0]))


def test_numbers_are_number_cells_and_months_are_date_cells(tree, report, book):
    monthly = report(tree[0])
    assert book.sheetnames == SHEETS
    by_name = {row[0]: row for row in rows(book["Overview"])}
    index = by_name["Satisfaction index"]
    assert index[1] == pytest.approx(monthly.glance.now.index.value)
    assert index[2:4] == pytest.approx(tuple(monthly.glance.now.index.interval()))
    assert by_name["Responses"][1] == 135
    assert rows(book["Months"])[-1][0].date() == date(2026, 10, 1)
    kinds = {cell.data_type for row in book["Months"].iter_rows(min_row=2) for cell in row if cell.value}
    assert kinds == {"n", "d"}


def test_places_are_listed_with_their_region_rank_and_change(tree, report, book):
    _top, regions, points, _version = tree
    rows_by_code = {row[1]: row for row in rows(book["Units"])}
    assert rows_by_code.keys() >= {place.code for place in [*regions, *points]}
    first = rows_by_code[points[0].code]
    assert first[3] == regions[0].name_en
    assert first[4] == 25
    assert all(isinstance(cell, int | float) for cell in first[4:11])
    assert rows_by_code[points[-1].code][4:16] == (None,) * 12
    assert rows_by_code[points[-1].code][16] == "too few responses"


def test_the_counts_of_answers_add_up_to_their_number(tree, report, book):
    monthly = report(tree[0])
    quality = [row[3] for row in rows(book["Answers"]) if row[0] == "quality"]
    assert sum(quality) == next(
        question.n for question in monthly.glance.now.questions if question.code == "quality"
    )


def test_a_text_is_never_a_formula(embedded_app, report, tree):
    region = factories.place("region", tree[0], name='=HYPERLINK("http://x","y")')
    points = [factories.place("point", region, name="@SUM(1)") for n in range(2)]
    answer_at(points, tree[3])
    book = open_workbook(report(tree[0], language="zh"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    texts = {cell.value for cell in cells if cell.data_type == "s"}
    assert {'=HYPERLINK("http://x","y")', "@SUM(1)"} <= texts
    assert not any(cell.hyperlink for cell in cells)


def test_a_place_with_too_few_answers_has_a_book_without_figures(tree, report):
    book = open_workbook(report(tree[2][-1]))
    assert len(rows(book["Units"])) == 1
    assert [row[1] for row in rows(book["Overview"])][4:] == [0, 0]


def test_progress_counts_the_service_points(tree, report):
    numbers = []
    xlsx(report(tree[0]), numbers.append)
    assert numbers == [6]


def test_a_weighted_workbook_shows_the_design_effect(tree, report):
    save_customer_totals(tree[2])
    monthly = report(tree[0], weighted=True)
    book = openpyxl.load_workbook(io.BytesIO(xlsx(monthly)))
    values = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert values["Responses"] == 135
    assert values["Design effect"] == pytest.approx(monthly.weights.design_effect)
    assert values["Weighting"].startswith("Weighted by customer count")


def test_the_questions_have_the_standard_deviation_of_their_answers(book):
    head, *questions = rows(book["Questions"])
    assert head[4] == "Standard deviation"
    quality = next(row for row in questions if row[0] == "quality")
    answers = [
        value
        for code, _text, value, count in rows(book["Answers"])[1:]
        if code == "quality"
        for _ in range(count)
    ]
    assert quality[4] == pytest.approx(statistics.stdev(answers))
