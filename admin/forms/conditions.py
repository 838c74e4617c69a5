"""A condition as rows of a form: "show when all of: [question] [is at most] [2]".

What the rows cannot show (a condition within another) is kept as it is, and shown in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from admin.channel_wording import LIVE, channel_name
from admin.question_wording import CONTEXTS, OPERATORS, language_name, named
from survey.i18n import locale_code, text_of
from survey.places import queries as places
from survey.questionnaires.kinds.number import SPELLING
from survey.questionnaires.rules.editing import Document, find

MOST_ROWS = 50
NUMBERS = ("equal", "different", "less", "at_most", "more", "at_least", "one_of", "answered")
BY_KIND: Mapping[str, tuple[str, ...]] = {
    "rating": NUMBERS,
    "nps": NUMBERS,
    "number": NUMBERS,
    "date": ("equal", "less", "at_most", "more", "at_least", "answered"),
    "yes_no": ("equal", "answered"),
    "single_choice": ("equal", "different", "one_of", "answered"),
    "multiple_choice": ("contains", "answered"),
    "ranking": ("answered",),
    "short_text": ("contains", "equal", "answered"),
    "text": ("contains", "answered"),
    "consent": ("answered",),
}
"""What can be asked about a kind of question; about others nothing can."""
BY_CONTEXT = {
    "place": ("contains", "equal", "different", "one_of"),
    "employee": ("equal", "different", "one_of"),
}
PLAIN = ("equal", "different", "one_of")


@dataclass(frozen=True)
class Row:
    """One comparison as typed. ``on`` is "q:" and a question's code or "c:" and a part of the context;
    ``choices`` are the values to choose from, none where one is typed."""

    on: str = ""
    operator: str = ""
    values: Sequence[str] = ()
    operators: Sequence[tuple[str, str]] = ()
    choices: Sequence[tuple[str, str]] = ()

    @property
    def value(self) -> str:
        return ", ".join(self.values)


@dataclass
class Rows:
    join: str = "all"
    rows: list[Row] = field(default_factory=list)
    kept: Mapping[str, Any] | None = None
    """A condition that rows cannot show."""


def subjects(document: Document, code: str) -> list[tuple[str, str]]:
    """What a condition of the item ``code`` may ask about: earlier questions, and where it is answered."""
    found = []
    for item in document["questions"]:
        if item.get("code") == code:
            break
        if item["kind"] in BY_KIND:
            found.append((f"q:{item['code']}", named(document, item["code"])))
    return found + [(f"c:{name}", str(text)) for name, text in CONTEXTS.items()]


def rows_of(show: Mapping[str, Any] | None, document: Document) -> Rows:
    """A stored condition as rows."""
    if not show:
        return padded(Rows(), document)
    join = "any" if "any" in show else "all"
    parts = show.get(join, [show])
    if "not" in show or any("question" not in part and "context" not in part for part in parts):
        return Rows(kept=show)
    rows = []
    for part in parts:
        on = f"c:{part['context']}" if "context" in part else f"q:{part['question']}"
        value = part.get("value", [])
        values = [str(one) for one in (value if isinstance(value, list) else [value])]
        rows.append(_row(on, part.get("is", ""), values, document))
    return padded(Rows(join, rows), document)


def typed(form: MultiDict[str, str], document: Document, before: Mapping[str, Any] | None) -> Rows:
    """The rows as they were sent."""
    if form.get("show.kept") and not form.get("show.drop"):
        return Rows(kept=before)
    rows = []
    for number in range(MOST_ROWS):
        name = f"show.{number}"
        if f"{name}.on" not in form:
            break
        values = [one.strip() for one in form.getlist(f"{name}.value") if one.strip()]
        rows.append(_row(form[f"{name}.on"], form.get(f"{name}.is", ""), values, document))
    return Rows("any" if form.get("show.join") == "any" else "all", rows)


def padded(rows: Rows, document: Document, more: int = 0) -> Rows:
    """With a blank row to fill in, or with ``more`` of them."""
    blank = more or all(one.on for one in rows.rows)
    return Rows(rows.join, [*rows.rows, *[_row("", "", [], document)] * blank][:MOST_ROWS], rows.kept)


def condition(rows: Rows, document: Document) -> Mapping[str, Any] | None:
    """What the rows say; None for nothing. Raises ValueError with words for whoever typed them."""
    if rows.kept:
        return rows.kept
    parts = [_comparison(row, document) for row in rows.rows if row.on]
    return {rows.join: parts} if parts else None


def _row(on: str, operator: str, values: Sequence[str], document: Document) -> Row:
    operators = _operators(on, document)
    if on and operator not in operators:
        operator = operators[0] if operators else operator
    shown = [(one, str(OPERATORS[one])) for one in operators or OPERATORS]
    return Row(on, operator, values, shown, choices(on, document))


def _operators(on: str, document: Document) -> Sequence[str]:
    what, _colon, name = on.partition(":")
    if what == "c":
        return BY_CONTEXT.get(name, PLAIN)
    return BY_KIND.get((find(document, name) or {}).get("kind", ""), ())


def choices(on: str, document: Document) -> list[tuple[str, str]]:
    """The values that there are, where they are few."""
    if on == "c:language":
        return [(one, language_name(one)) for one in document.get("languages", ())]
    if on == "c:channel":
        return [(one, channel_name(one)) for one in LIVE]
    question = find(document, on.partition(":")[2]) if on.startswith("q:") else None
    if question is None:
        return []
    if question["kind"] == "yes_no":
        return [("1", _("Yes")), ("0", _("No"))]
    if question["kind"] in ("rating", "nps"):
        return _points(question)
    options = question.get("options", ()) if question["kind"] != "ranking" else ()
    return [(one["code"], text_of(one["texts"], locale_code())) for one in options]


def _points(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The points of a scale, with the words that they have."""
    if question["kind"] == "nps":
        return [(str(number), str(number)) for number in range(11)]
    scale = question.get("scale", 5)
    labels = [text_of(one, locale_code()) for one in question.get("labels", ())][:scale]
    labels += [""] * (scale - len(labels))
    return [(str(n), f"{n} · {label}" if label else str(n)) for n, label in enumerate(labels, 1)]


def _comparison(row: Row, document: Document) -> dict[str, Any]:
    what, _colon, name = row.on.partition(":")
    made: dict[str, Any] = {"context" if what == "c" else "question": name, "is": row.operator}
    if row.operator == "answered":
        return made
    question = find(document, name) if what == "q" else None
    kind = question["kind"] if question else ""
    values = [one for text in row.values for one in _parts(text, row.operator)]
    if not values:
        raise ValueError(_("A condition has no value to compare with."))
    for code in values if what == "c" else ():
        _known(name, code)
    read = [_value(kind, one) for one in values]
    return made | {"value": read if row.operator == "one_of" else read[0]}


def _parts(text: str, operator: str) -> list[str]:
    if operator != "one_of":
        return [text]
    return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _known(context: str, code: str) -> None:
    """Raises ValueError where a name was typed instead of a code: the condition would never hold."""
    found = {"place": places.place, "employee": places.employee}.get(context)
    if found is not None and found(code) is None:
        raise ValueError(_("“%(code)s” is no code of the organisation.", code=code))


def _value(kind: str, text: str) -> Any:
    try:
        if kind in ("rating", "nps", "yes_no", "number"):
            return number(text)
        return date.fromisoformat(text).isoformat() if kind == "date" else text
    except ValueError:
        raise ValueError(_("“%(text)s” cannot be compared with that answer.", text=text)) from None


def number(text: str) -> int | float:
    """The number that is typed, whole where it can be. Raises ValueError."""
    if not SPELLING.fullmatch(text):
        raise ValueError(text)
    return float(text) if "." in text else int(text)
