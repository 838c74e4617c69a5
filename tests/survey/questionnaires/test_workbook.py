import io
import zipfile

import openpyxl
import pytest

from survey.questionnaires import workbook
from survey.questionnaires.publication import library_document
from survey.questionnaires.rules import returning, translating
from survey.tabular import Unreadable

DOCUMENT = library_document("r5") | {"languages": ["zh", "en", "ug"]}
HEADS = ("where", "zh 中文", "en English")


def written(document=DOCUMENT, language="en"):
    where = {piece.key: "somewhere" for piece in translating.pieces(document)}
    return workbook.write_workbook(document, language, where, HEADS)


def make_workbook(*rows, edit=None):
    """Return a workbook as a spreadsheet saves it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if edit:
        edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def refused(data):
    with pytest.raises(Unreadable) as error:
        workbook.read_workbook(data)
    return str(error.value)


HEAD = ["key", *HEADS]


def test_a_workbook_is_read_as_it_was_written():
    sheet = workbook.read_workbook(written())
    assert (sheet.base, sheet.language) == ("zh", "en")
    assert [row.key for row in sheet.rows] == [piece.key for piece in translating.pieces(DOCUMENT)]
    assert [row.number for row in sheet.rows] == list(range(2, len(sheet.rows) + 2))
    assert returning.check(DOCUMENT, "en", sheet.rows) == returning.CheckedTranslations((), ())


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1", "{=1}", "http://x"]
)
def test_no_text_is_written_as_a_formula_or_a_link(text):
    document = DOCUMENT | {"title": {"zh": text, "en": text}}
    cells = next(openpyxl.load_workbook(io.BytesIO(written(document))).active.iter_rows(min_row=2, max_row=2))
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.hyperlink for cell in cells] == [None] * 4
    assert cells[2].value == text
    assert cells[2].number_format == "@"
    row = workbook.read_workbook(written(document)).rows[0]
    assert (row.text, row.formula) == (text, False)


def test_a_formula_in_a_workbook_is_recognised():
    (row,) = workbook.read_workbook(make_workbook(HEAD, ["title", "", "x", "=1+1"])).rows
    assert row.formula


def test_numbers_and_line_ends_of_a_spreadsheet_are_read_as_text():
    rows = workbook.read_workbook(
        make_workbook(HEAD, ["a", None, 5.0, 2.5], [], ["b", "", " x\r\ny ", True], ["c"])
    ).rows
    assert [(row.number, row.key, row.base, row.text) for row in rows] == [
        (2, "a", "5", "2.5"),
        (4, "b", "x\ny", "True"),
        (5, "c", "", ""),
    ]


def test_the_table_is_found_on_another_sheet():
    def add(book):
        book.create_sheet("Notes", 0).append(["Dear colleague"])

    assert workbook.read_workbook(make_workbook(HEAD, ["a", "", "b", "c"], edit=add)).rows[0].key == "a"


def bomb():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return target.getvalue()


def squeezed():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 1000)
    return target.getvalue()


def with_part(name, text):
    """Return our own workbook with one part replaced."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written())) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
    return target.getvalue()


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)
SHEET = "xl/worksheets/sheet1.xml"
FAR = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>key</t></is></c>'
    '<c r="D1" t="inlineStr"><is><t>en</t></is></c></row>'
    '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "This is not a workbook. Save the table as .xlsx."),
        (b"key,where,zh,en\n", "This is not a workbook. Save the table as .xlsx."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "This is not a workbook. Save the table as .xlsx."),
        (b"PK\x03\x04" + b"\0" * 600, "This is not a workbook. Save the table as .xlsx."),
        (b"x" * (workbook.LARGEST + 1), "larger than"),
        (bomb(), "Unpacked, the file is larger than"),
        (squeezed(), "Unpacked, the file is larger than"),
        (
            make_workbook(["Name", "Phone"]),
            "The first row should contain: key, where, and the two languages.",
        ),
        (make_workbook(), "The first row should contain: key, where, and the two languages."),
        (make_workbook(HEAD, *([["a", "", "b", "c"]] * workbook.MOST_ROWS)), "more than 20000 rows"),
        (with_part(SHEET, FAR), "more than 20000 rows"),
        (with_part(SHEET, "<worksheet"), "damaged"),
        (with_part(SHEET, LAUGHS + "]><worksheet>&i;</worksheet>"), "damaged"),
        (with_part("xl/workbook.xml", LAUGHS + "]><workbook>&i;</workbook>"), "damaged"),
        (
            with_part(
                "xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'
            ),
            "damaged",
        ),
    ],
    ids=range(15),
)
def test_a_file_without_a_table_of_texts_is_rejected_with_a_reason(data, message):
    assert message in refused(data)
