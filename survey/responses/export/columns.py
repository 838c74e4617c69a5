"""The columns of an export: the questions of all versions of a questionnaire, merged by question code.

Order and texts are those of the newest version. When a code has had different meanings over time (another
type, another scale), each meaning has columns of its own, named after its newest version.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from survey.i18n import text_of
from survey.questionnaires.definition import NOT_APPLICABLE, Answers, Definition, Question, Texts
from survey.questionnaires.kinds import KINDS, Kind
from survey.questionnaires.kinds.single_choice import other_key
from survey.questionnaires.rules.withholding import withheld_codes

from .words import words

Cell = int | float | str | None
ExportRow = Sequence[Cell]


@dataclass(frozen=True)
class ExportColumn:
    """A column of an export.

    ``type`` is "whole" or "number" (int and float), "choice" (a code), "text" or "date" (ISO, as text).
    ``key`` is the key of the cell in a response's answers; columns about the response itself have none.
    ``labels`` are the texts of its values; when ``spelled``, tables show them beside it. The cell of a
    question answered by "not applicable" is NOT_APPLICABLE whatever the type. ``written`` columns hold
    customers' own words.
    """

    name: str
    label: str
    type: str
    key: str = ""
    code: str = ""
    option: str = ""
    labels: Mapping[Cell, str] = field(default_factory=dict)
    spelled: bool = False
    not_applicable: bool = False
    decimals: int = 0
    written: bool = False
    kind: str = ""

    @property
    def is_numeric(self) -> bool:
        return self.type in ("whole", "number")


@dataclass(frozen=True)
class ExportedVersion:
    """A version of the questionnaire: its id, its number, and its questions."""

    id: int
    number: int
    definition: Definition


Meaning = tuple[object, ...]


@dataclass(frozen=True)
class Schema:
    """The columns of the answers, and by version the keys of their cells and questions with many columns."""

    columns: tuple[ExportColumn, ...]
    keys: Mapping[int, tuple[str, ...]]
    several: Mapping[int, tuple[Question, ...]]

    @classmethod
    def of(cls, versions: Sequence[ExportedVersion], language: str, complete: bool) -> "Schema":
        """Return the schema of these versions (the newest first); it has the answers that are withheld from
        the assessed only when ``complete``."""
        codes = withheld_codes(version.definition for version in versions)
        hidden = {v.id: frozenset() if complete else held for v, held in zip(versions, codes, strict=True)}
        groups: dict[tuple[str, Meaning], list[Question]] = {}
        suffixes: dict[tuple[str, Meaning], str] = {}
        seen_codes: set[str] = set()
        for version in versions:
            for question in version.definition.questions:
                if question.code in hidden[version.id] or not KINDS[question.kind].exported(question):
                    continue
                group = (question.code, meaning(question))
                if group not in groups:
                    suffixes[group] = f"_v{version.number}" if question.code in seen_codes else ""
                    seen_codes.add(question.code)
                groups.setdefault(group, []).append(question)
        columns: list[ExportColumn] = []
        owners: list[tuple[str, Meaning]] = []
        for group, questions in groups.items():
            group_columns = list(_columns(questions, suffixes[group], language))
            columns += group_columns
            owners += [group] * len(group_columns)
        keys = {v.id: _keys(v, columns, owners, hidden[v.id]) for v in versions}
        several = {
            v.id: tuple(q for q in v.definition.questions if KINDS[q.kind].per_option) for v in versions
        }
        return cls(tuple(rename_duplicates(columns)), keys, several)

    def only(self, written: bool) -> "Schema":
        """Return the schema with only the columns of customers' own words, or with only the others."""
        kept = [i for i, column in enumerate(self.columns) if column.written == written]
        keys = {version: tuple(column_keys[i] for i in kept) for version, column_keys in self.keys.items()}
        return replace(self, columns=tuple(self.columns[i] for i in kept), keys=keys)

    def cells(self, version_id: int, answers: Answers) -> list[Cell]:
        """Return the cells of a response, in the order of the columns; None where it has no answer."""
        several = self.several[version_id]
        if several:
            answers = answers | {
                key: cell for question in several for key, cell in _option_answers(question, answers)
            }
        get = answers.get
        return [get(key) for key in self.keys[version_id]]


def meaning(question: Question) -> Meaning:
    """Return the meaning of a question: questions with the same code and meaning share their columns."""
    return KINDS[question.kind].meaning(question)


def rename_duplicates(columns: Iterable[ExportColumn], taken: Iterable[str] = ()) -> Iterator[ExportColumn]:
    """Yield the columns, with duplicate names numbered; case is ignored, for some tools ignore it, too."""
    names = {name.lower() for name in taken}
    for column in columns:
        name, number = column.name, 1
        while name.lower() in names:
            number += 1
            name = f"{column.name}_{number}"
        names.add(name.lower())
        yield replace(column, name=name)


def _keys(
    version: ExportedVersion,
    columns: Sequence[ExportColumn],
    owners: Sequence[tuple[str, Meaning]],
    hidden: frozenset[str],
) -> tuple[str, ...]:
    """Return the key of each column in the answers to this version, "" when it does not ask the question, or
    it is ``hidden`` (no answer has that key)."""
    questions = (question for question in version.definition.questions if question.code not in hidden)
    asks = {(question.code, meaning(question)) for question in questions}
    return tuple(column.key if owner in asks else "" for column, owner in zip(columns, owners, strict=True))


def _option_answers(question: Question, answers: Answers) -> Iterator[tuple[str, Cell]]:
    selected = answers.get(question.code)
    if not isinstance(selected, list):
        return
    for option, cell in KINDS[question.kind].option_cells(question, selected):
        yield f"{question.code}.{option}", cell


def _columns(questions: Sequence[Question], suffix: str, language: str) -> Iterator[ExportColumn]:
    """Yield the columns of a meaning of a code; ``questions`` are those that share it, the newest first."""
    options = {option.code: option for q in reversed(questions) for option in q.options}
    order = dict.fromkeys(option.code for q in questions for option in q.options)
    newest = replace(
        questions[0],
        options=tuple(options[code] for code in order),
        decimals=max(q.decimals for q in questions),
        not_applicable=any(q.not_applicable for q in questions),
    )
    kind, code = KINDS[newest.kind], newest.code
    label = newest.text(language) or code
    base = ExportColumn(code + suffix, label, kind.cell_of(newest), code, code, kind=kind.name)
    base = replace(base, not_applicable=newest.not_applicable)
    if kind.per_option:
        labels = _labels(kind.option_words, language)
        for option in newest.options:
            text = text_of(option.texts, language) or option.code
            yield replace(
                base,
                name=f"{base.name}.{option.code}",
                label=f"{label}: {text}",
                key=f"{code}.{option.code}",
                option=option.code,
                labels=labels,
            )
    else:
        yield replace(base, **_details(newest, kind, language))
    lines = [option for q in questions for option in q.options if option.other]
    if lines and other_key(newest) in kind.exported(newest):
        other = text_of(lines[0].texts, language)
        yield ExportColumn(
            f"{base.name}.text", f"{label}: {other}", "text", other_key(newest), code, written=True
        )


def _details(question: Question, kind: Kind, language: str) -> dict[str, Any]:
    """Return the fields that are specific to a column that holds a whole question."""
    labels = _labels(kind.words(question), language)
    spelled = kind.spelled and bool(labels)
    if question.not_applicable:
        labels[NOT_APPLICABLE] = words(language)["na"]
    written = kind.written and kind.cell_of(question) == "text"
    return {"labels": labels, "spelled": spelled, "decimals": question.decimals, "written": written}


def value_labels(question: Question, language: str) -> dict[Cell, str]:
    """Return the labels of a question's values."""
    return _labels(KINDS[question.kind].words(question), language)


def _labels(texts: Mapping[Cell, Texts], language: str) -> dict[Cell, str]:
    """Return the labels of values; an option without a text has its code, a point of a scale has none."""
    labels = {value: text_of(translations, language) for value, translations in texts.items()}
    return {value: text or str(value) for value, text in labels.items() if text or isinstance(value, str)}
