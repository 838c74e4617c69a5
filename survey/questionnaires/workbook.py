"""The texts of a draft as a workbook for a translator, and reading it when it is uploaded again.

An uploaded file is not trusted: everything in it is checked, and no formula is computed.
"""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import openpyxl
import xlsxwriter

from survey.refusal import N_
from survey.tabular import FORMULA, Unreadable

from .definition import Document
from .rules.returning import TranslationRow, TranslationSheet
from .rules.translating import pieces

LARGEST_MB = 2
LARGEST = LARGEST_MB * 1024 * 1024
UNPACKED_MB = 20
MOST_PARTS = 200
MOST_ROWS = 20_000
MOST_SHEETS = 5
KEY = "key"
COLUMNS = 4
WIDTHS = (24, 24, 60, 60)


def write_workbook(
    document: Document, language: str, where: Mapping[str, str], heads: Sequence[str]
) -> bytes:
    """Return a workbook with a row for each text of ``document``.

    The columns are the key, ``where`` the text is used (by key), the text in the default language, and that
    in ``language``. ``heads`` are the titles of the second to the fourth column; those of the languages begin
    with their tags.
    """
    default = document["languages"][0]
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    styles = {"num_format": "@", "text_wrap": True, "valign": "top"}
    plain, head = book.add_format(styles), book.add_format({"bold": True, "valign": "top"})
    # The prefix keeps the value a text when somebody edits the cell.
    quoted = book.add_format(styles | {"quote_prefix": True})
    sheet = book.add_worksheet(f"{default} → {language}")
    sheet.freeze_panes(1, 0)
    for column, (width, text) in enumerate(zip(WIDTHS, (KEY, *heads), strict=True)):
        sheet.set_column(column, column, width, plain)
        sheet.write_string(0, column, text, head)
    for number, piece in enumerate(pieces(document), 1):
        texts = (piece.texts.get(default, ""), piece.texts.get(language, ""))
        for column, text in enumerate((piece.key, where[piece.key], *texts)):
            sheet.write_string(number, column, text, quoted if text.startswith(FORMULA) else plain)
    book.close()
    return target.getvalue()


def read_workbook(data: bytes) -> TranslationSheet:
    """Return the table of texts in a workbook. Raises Unreadable, with the reason, for any other file."""
    _check_archive(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and macros, which are ignored
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets[:MOST_SHEETS] if _is_translation_sheet(sheet)]
            if not sheets:
                raise Unreadable(N_("The first row should contain: key, where, and the two languages."))
            return _table(sheets[0].iter_rows(max_col=COLUMNS))
    except Unreadable:
        raise
    except Exception as error:  # a damaged file may raise any exception in the reader
        raise Unreadable(N_("This workbook is damaged. Save it again in the spreadsheet.")) from error


def _check_archive(data: bytes) -> None:
    """Raise Unreadable for a file that is too large when unpacked.

    This reads only the sizes in the archive's directory; a reader unpacks no more than those.
    """
    if len(data) > LARGEST:
        raise Unreadable(N_("The file is larger than %(most)s MB."), most=LARGEST_MB)
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable(N_("This is not a workbook. Save the table as .xlsx.")) from None
    packed = all(part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts)
    size = sum(part.file_size for part in parts)
    if not packed or len(parts) > MOST_PARTS or size > UNPACKED_MB * 1024 * 1024:
        raise Unreadable(
            N_("Unpacked, the file is larger than %(most)s MB, the limit for a questionnaire."),
            most=UNPACKED_MB,
        )


def _is_translation_sheet(sheet: Any) -> bool:
    cells: Sequence[Any] = next(iter(sheet.iter_rows(max_row=1, max_col=COLUMNS)), ())
    return len(cells) >= COLUMNS and _text(cells[0]).lower() == KEY


def _table(rows: Iterator[Sequence[Any]]) -> TranslationSheet:
    head = next(rows)
    base, language = ((_text(cell).split() or [""])[0] for cell in head[2:COLUMNS])
    return TranslationSheet(base, language, tuple(_rows(rows)))


def _rows(rows: Iterable[Sequence[Any]]) -> Iterator[TranslationRow]:
    for number, cells in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise Unreadable(N_("The sheet has more than %(most)s rows."), most=MOST_ROWS)
        texts = [_text(cell) for cell in cells] + [""] * (COLUMNS - len(cells))
        if any(texts):
            formula = len(cells) == COLUMNS and cells[-1].data_type == "f"
            yield TranslationRow(number, texts[0], texts[2], texts[3], formula)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
