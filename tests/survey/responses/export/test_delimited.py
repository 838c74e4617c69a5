import csv
import io

from hypothesis import given

from survey.responses.export import delimited
from survey.responses.export.table import SeparateText
from tests.survey.responses.export.tables import LABELS, NASTY, TEXT, rows, table


def lines(parts):
    text = b"".join(parts).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def plain(text):
    """Without the apostrophe that keeps a spreadsheet from running a text."""
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@\t＝＋－＠") else text


def spelled(cell):
    return "" if cell is None else str(cell)


@given(rows)
def test_wide_is_the_codes_with_labels_beside_them(exported_rows):
    head, *read = lines(delimited.wide(table(exported_rows)))
    assert head[3:6] == ["q", "q.label", "pick"]
    labels = {**LABELS, None: "", "na": "Not applicable"}
    choices = {None: "", "-a": "Ä", "b": "乙"}
    for row, cells in zip(exported_rows, read, strict=True):
        number, day, place, rating, choice, size, text, when, unused = row
        wanted = [
            number,
            day,
            place,
            rating,
            labels[rating],
            choice,
            choices[choice],
            size,
            text,
            when,
            unused,
        ]
        assert [plain(cell) for cell in cells] == [spelled(expected) for expected in wanted]


@given(rows)
def test_long_has_a_line_for_each_answer(exported_rows):
    _head, *read = lines(delimited.long(table(exported_rows)))
    wanted = [
        (str(row[0]), code, spelled(cell))
        for row in exported_rows
        for code, cell in zip(("q", "pick", "size", "comment", "when", "unused"), row[3:], strict=True)
        if cell is not None
    ]
    assert [(line[0], line[3], plain(line[6])) for line in read] == wanted


def test_no_cell_is_a_formula_and_negative_numbers_stay_numbers():
    row = [1, "2026-11-02", "=P", 2, "-a", -1.5, "=1+1", None, None]
    for form in (delimited.wide, delimited.long, delimited.columns):
        cells = [cell for line in lines(form(table([row]))) for cell in line]
        assert [cell for cell in cells if cell[:1] in set("=+-@")] == (
            [] if form is delimited.columns else ["-1.5"]
        )


def test_texts_that_are_shown_apart_have_no_number_of_a_response():
    apart = [SeparateText(("2026-11", "P"), TEXT, text) for text in NASTY]
    _head, *read = lines(delimited.long(table([], apart)))
    assert [line[:3] for line in read] == [["", "2026-11", "P"]] * len(NASTY)
    assert [plain(line[6]) for line in read] == list(NASTY)


def test_without_rows_there_are_headings():
    assert [len(lines(form(table([])))) for form in (delimited.wide, delimited.long)] == [1, 1]


def test_the_book_of_columns_says_what_codes_mean():
    read = lines(delimited.columns(table([])))
    assert ["pick", "Pick", "choice", "", ""] in read
    assert ["q", "", "", "3", "Good"] in read
