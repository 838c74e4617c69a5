"""The content of a new questionnaire, question and option. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import DEFAULT_LANGUAGES, Document, Item, Texts
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.wordings import WORDINGS


def new_item(kind: str, code: str, languages: Sequence[str] = DEFAULT_LANGUAGES) -> Item:
    """Return a complete question of this type, in those of ``languages`` for which we have texts."""
    item = {"code": code, "kind": kind, **(KINDS[kind].begins if kind in KINDS else {})}
    translated: Item = _in_languages(item, languages)
    return translated


def new_document(title: Texts, languages: Sequence[str] = DEFAULT_LANGUAGES) -> Document:
    """Return the document of a new questionnaire with two questions: how satisfied, and why."""
    first = new_item("rating", "rating_1", languages) | {"required": True}
    questions = [first, new_item("text", "text_1", languages)]
    return {"format": 1, "title": dict(title), "languages": list(languages), "questions": questions}


def new_option_code(taken: Collection[str]) -> str:
    """Return the first of o1, o2 … that is not in ``taken``."""
    number = 1
    while f"o{number}" in taken:
        number += 1
    return f"o{number}"


def labels_of(wording: str, languages: Sequence[str]) -> list[dict[str, str]]:
    """Return the labels of ``wording``, a key of WORDINGS, the lowest first. Raises KeyError."""
    labels: list[dict[str, str]] = _in_languages(list(WORDINGS[wording].labels), languages)
    return labels


def _in_languages(value: Any, languages: Sequence[str]) -> Any:
    """Return a copy with all texts only in these languages, and always in the default one."""
    if isinstance(value, list | tuple):
        return [_in_languages(part, languages) for part in value]
    if not isinstance(value, Mapping):
        return value
    if set(value) != set(DEFAULT_LANGUAGES):
        return {key: _in_languages(part, languages) for key, part in value.items()}
    own = {language: value[language] for language in languages if language in value}
    return own if languages[0] in own else {languages[0]: value["en"], **own}
