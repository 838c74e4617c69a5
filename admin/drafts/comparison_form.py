"""One comparison of a condition as a row of a form: "[question] [is at most] [2]"."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from admin.labels.channels import LIVE, channel_name
from admin.labels.questions import CONTEXTS, item_name, language_name, operator_name
from survey.i18n import locale_code, text_of
from survey.questionnaires.definition import Document, Question
from survey.questionnaires.kinds import KINDS, Kind
from survey.questionnaires.rules.checking.logic import OF_CONTEXT
from survey.questionnaires.rules.editing import find

Lookups = Mapping[str, Callable[[str], object | None]]
"""By part of the context whose values are codes of the organisation: what finds a code, or returns None."""


@dataclass(frozen=True)
class ComparisonRow:
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


def subjects(document: Document, code: str) -> list[tuple[str, str]]:
    """What a condition of the item ``code`` may ask about: earlier questions, and where it is answered."""
    found = []
    for item in document["questions"]:
        if item.get("code") == code:
            break
        if item["kind"] in KINDS and KINDS[item["kind"]].comparisons:
            found.append((f"q:{item['code']}", item_name(document, item["code"])))
    return found + [(f"c:{name}", str(text)) for name, text in CONTEXTS.items()]


def stored(part: Mapping[str, Any], document: Document) -> ComparisonRow:
    """A comparison of a condition as a row."""
    on = f"c:{part['context']}" if "context" in part else f"q:{part['question']}"
    value = part.get("value", [])
    values = [str(one) for one in (value if isinstance(value, list) else [value])]
    return row(on, part.get("is", ""), values, document)


def typed(form: MultiDict[str, str], name: str, document: Document) -> ComparisonRow:
    """The row as it was sent."""
    values = [one.strip() for one in form.getlist(f"{name}.value") if one.strip()]
    return row(form[f"{name}.on"], form.get(f"{name}.is", ""), values, document)


def row(on: str, operator: str, values: Sequence[str], document: Document) -> ComparisonRow:
    operators = _operators(on, document)
    if on and operators and operator not in operators:
        operator = operators[0]
    shown = [(one, operator_name(one, on.startswith("c:"))) for one in operators]
    return ComparisonRow(on, operator, values, shown, choices(on, document))


def _kind(on: str, document: Document) -> Kind | None:
    what, _colon, name = on.partition(":")
    item = find(document, name) if what == "q" else None
    return KINDS.get(item["kind"]) if item else None


def _operators(on: str, document: Document) -> Sequence[str]:
    """The comparisons that fit; all where nothing is chosen yet."""
    if on.startswith("c:"):
        return OF_CONTEXT.get(on[2:], ())
    kind = _kind(on, document)
    return kind.comparisons if kind else () if on else KINDS["number"].comparisons


def choices(on: str, document: Document) -> list[tuple[str, str]]:
    """The values that there are, where they are few."""
    if on == "c:language":
        return [(one, language_name(one)) for one in document.get("languages", ())]
    if on == "c:channel":
        return [(one, channel_name(one)) for one in LIVE]
    kind, item = _kind(on, document), find(document, on[2:])
    if kind is None or item is None:
        return []
    said = {answer: text_of(of, locale_code()) for answer, of in kind.words(Question.parse(item)).items()}
    if kind.is_scale:
        return [(str(point), f"{point} · {text}" if text else str(point)) for point, text in said.items()]
    return [(str(answer), text or str(answer)) for answer, text in said.items()]


def comparison(row: ComparisonRow, document: Document, lookups: Lookups) -> dict[str, Any]:
    """What the row says. Raises ValueError with words for whoever typed it, also for a code that none of
    ``lookups`` finds."""
    what, _colon, name = row.on.partition(":")
    made: dict[str, Any] = {"context" if what == "c" else "question": name, "is": row.operator}
    if row.operator == "answered":
        return made
    values = [one for text in row.values for one in _parts(text, row.operator)]
    if not values:
        raise ValueError(_("A condition has no value to compare with."))
    for code in values if what == "c" else ():
        _known(name, code, lookups)
    read = [_value(_kind(row.on, document), one) for one in values]
    return made | {"value": read if row.operator == "one_of" else read[0]}


def _parts(text: str, operator: str) -> list[str]:
    if operator != "one_of":
        return [text]
    return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _known(context: str, code: str, lookups: Lookups) -> None:
    """Raises ValueError where a name was typed instead of a code: the condition would never hold."""
    find_code = lookups.get(context)
    if find_code is not None and find_code(code) is None:
        raise ValueError(_("“%(code)s” is not the code of a unit.", code=code))


def _value(kind: Kind | None, text: str) -> Any:
    try:
        return kind.parse_value(text) if kind else text
    except ValueError:
        raise ValueError(_("“%(text)s” cannot be compared with that answer.", text=text)) from None
