"""Read a file of places and check each row on its own. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from survey.refusal import N_
from survey.tabular import Problem, TableRow, Unreadable, require, split_header

from .naming import LONGEST_NAME, Reason, code_reason, text_reason

COLUMNS = {
    "code": ("code", "unit code", "机构编码", "编码", "代码"),
    "name": ("name", "名称"),
    "name_en": ("name_en", "英文名", "英文名称"),
    "kind": ("kind", "类型"),
    "parent": ("parent", "parent unit code", "上级机构编码", "上级机构", "上级编码", "上级"),
}
KIND_WORDS = {
    "group": ("group", "company", "公司", "集团"),
    "region": ("region", "区域"),
    "point": ("point", "服务点", ""),
}
_COLUMN_OF = {word: column for column, words in COLUMNS.items() for word in words}
_KIND_OF = {word: kind for kind, words in KIND_WORDS.items() for word in words}


@dataclass(frozen=True)
class Candidate:
    """A row of the file: a place to be created."""

    line: int
    code: str
    name: str
    name_en: str
    kind: str
    parent: str


@dataclass
class PlaceFile:
    """A file's rows as they were read; ``headers`` maps our columns to the file's words for them."""

    headers: dict[str, str]
    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: int, column: str, text: str, /, **detail: object) -> None:
        self.problems.append(Problem(line, self.headers.get(column, column), text, detail))


def read(rows: Iterable[TableRow]) -> PlaceFile:
    """Return the rows below the header. Raises Unreadable when they are no table of places."""
    header, body = split_header(rows)
    columns = _columns(header)
    table = PlaceFile({column: header.cells[place].strip() for column, place in columns.items()})
    width = len(header.cells)
    for row in body:
        _read_row(table, columns, width, row)
    return table


def _columns(header: TableRow) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(header.cells):
        word = cell.strip()
        column = _COLUMN_OF.get(word.lower())
        if word and (column is None or column in columns):
            raise Unreadable(
                N_(
                    "Line %(line)s: the column “%(word)s” is unknown or repeated. Valid columns: %(columns)s."
                ),
                line=header.line,
                word=word[:50],
                columns=", ".join(COLUMNS),
            )
        if column:
            columns[column] = place
    require(header, columns, ["code"], ["name"])
    return columns


def _read_row(table: PlaceFile, columns: dict[str, int], width: int, row: TableRow) -> None:
    if len(row.cells) < width or any(cell.strip() for cell in row.cells[width:]):
        text = N_("has %(cells)s cells where the header has %(columns)s")
        table.complain(row.line, "", text, cells=len(row.cells), columns=width)
        return
    values = {column: row.cells[place].strip() for column, place in columns.items()}
    kind = values.get("kind", "")
    candidate = Candidate(
        line=row.line,
        code=values["code"],
        name=values["name"],
        name_en=values.get("name_en", ""),
        kind=_KIND_OF.get(kind.lower(), ""),
        parent=values.get("parent", ""),
    )
    table.candidates.append(candidate)
    for column, reason in _own_reasons(candidate):
        if reason:
            table.complain(row.line, column, reason[0], **reason[1])
    if not candidate.kind:
        text = N_("“%(word)s” is not a valid type: group, region or point")
        table.complain(row.line, "kind", text, word=kind[:50])


def _own_reasons(candidate: Candidate) -> Iterator[tuple[str, Reason | None]]:
    yield "code", code_reason(candidate.code)
    yield "name", text_reason(candidate.name, LONGEST_NAME) if candidate.name else (N_("is missing"), {})
    yield "name_en", text_reason(candidate.name_en, LONGEST_NAME)
