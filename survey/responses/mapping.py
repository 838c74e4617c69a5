"""The mapping, a TOML file, of the columns of an imported survey to our questions. Pure."""

import re
import tomllib
from dataclasses import dataclass
from typing import Any, TypeVar

from survey.questionnaires.definition import Question

from . import template
from .template import Template

T = TypeVar("T")
KINDS = ("rating", "nps", "text")
LANGUAGES = {"zh", "en"}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
LONGEST = 64


class ImportRefused(ValueError):
    """The import is impossible; the text says why, in English."""


@dataclass(frozen=True)
class MappedColumn:
    """A question and the column that holds its answers; ``blank`` are the values that mean no answer."""

    question: Question
    name: str
    blank: frozenset[str]


@dataclass(frozen=True)
class Mapping:
    """A mapping: ``slug`` and ``title`` of the questionnaire, and its questions in ``columns``.

    ``place`` is the column of service-point codes, ``parent`` the code of the place to create them under.
    """

    slug: str
    title: dict[str, str]
    place: str
    parent: str
    date: Template
    columns: tuple[MappedColumn, ...]

    @property
    def document(self) -> dict[str, Any]:
        """Return the questions as a version's document."""
        return {"questions": [_document(column.question) for column in self.columns]}


def parse(text: str) -> Mapping:
    """Parse a mapping. Raises ImportRefused, naming the table and the key."""
    try:
        top = _Table("the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ImportRefused(f"not TOML: {error}") from None
    slug = top.take("questionnaire", str)
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST:
        raise ImportRefused(f'questionnaire = "{slug}": small letters, digits and hyphens, at most {LONGEST}')
    title = top.texts("title") or {"en": slug, "zh": slug}
    place = _Table("[place]", top.take("place", dict))
    date = _Table("[date]", top.take("date", dict))
    tables = top.take("question", list)
    mapping = Mapping(
        slug,
        title,
        place.take("column", str),
        place.take("parent", str),
        _template(date),
        tuple(_column(_Table(f"[[question]] {n}", table)) for n, table in enumerate(tables, 1)),
    )
    for table in (top, place, date):
        table.end()
    _check(mapping)
    return mapping


class _Table:
    """A table of the file that is read key by key, so that unknown keys are rejected."""

    def __init__(self, name: str, values: Any) -> None:
        if not isinstance(values, dict):
            raise ImportRefused(f"{name}: must be a table")
        self.name = name
        self.values = dict(values)

    def take(self, key: str, of: type[T], default: T | None = None) -> T:
        value = self.values.pop(key, default)
        if value is None:
            raise ImportRefused(f'{self.name}: the key "{key}" is missing')
        if not isinstance(value, of) or isinstance(value, bool) or (value == "" and of is str):
            raise ImportRefused(f'{self.name}: "{key}" must be {WANTED[of]}')
        return value

    def texts(self, key: str) -> dict[str, str]:
        """Return texts by language; {} when there is no such key."""
        texts = self.take(key, dict, {})
        if not texts.keys() <= LANGUAGES or not all(isinstance(t, str) and t for t in texts.values()):
            raise ImportRefused(f'{self.name}: "{key}" must hold texts by language: {{ en = "…", zh = "…" }}')
        return texts

    def end(self) -> None:
        if self.values:
            raise ImportRefused(f'{self.name}: unknown key "{min(self.values)}"')


WANTED: dict[type, str] = {str: "a text", int: "a whole number", list: "a list", dict: "a table"}


def _template(table: _Table) -> Template:
    try:
        return Template.parse(table.take("template", str))
    except template.InvalidTemplate as refused:
        raise ImportRefused(f'{table.name}: "template": {refused}') from None


def _column(table: _Table) -> MappedColumn:
    code = table.take("code", str)
    if not CODE.fullmatch(code) or len(code) > LONGEST:
        raise ImportRefused(f'{table.name}: "code" must be letters, digits, underscores; a letter first')
    name = table.take("column", str)
    kind = table.take("kind", str)
    if kind not in KINDS:
        raise ImportRefused(f'{table.name}: "kind" must be one of {", ".join(KINDS)}')
    more: dict[str, Any] = {}
    if kind == "rating":
        more["scale"] = table.take("scale", int)
        if not 2 <= more["scale"] <= 10:
            raise ImportRefused(f'{table.name}: "scale" must be from 2 to 10')
        if "dimension" in table.values:
            more["dimension"] = table.take("dimension", str)
    blank = table.take("blank", list, [""])
    if not all(isinstance(value, str) for value in blank):
        raise ImportRefused(f'{table.name}: "blank" must be a list of texts')
    texts = table.texts("text") or {"en": code}
    table.end()
    question = Question(code=code, kind=kind, texts=texts, **more)
    return MappedColumn(question, name, frozenset(value.strip() for value in blank) | {""})


def _check(mapping: Mapping) -> None:
    if not mapping.columns:
        raise ImportRefused("the file: at least one [[question]] is needed")
    codes = [column.question.code for column in mapping.columns]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise ImportRefused(f'[[question]]: the code "{twice[0]}" is used twice')


def _document(question: Question) -> dict[str, Any]:
    document: dict[str, Any] = {"code": question.code, "kind": question.kind, "texts": dict(question.texts)}
    if question.kind == "rating":
        document["scale"] = question.scale
        if question.dimension:
            document["dimension"] = question.dimension
    return document
