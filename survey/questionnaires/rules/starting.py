"""What a new questionnaire, question and option begin with. Pure."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from survey.questionnaires.definition import DEFAULT_LANGUAGES, Document, Item, Texts
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.kinds.wordings import WORDINGS


def new_item(kind: str, code: str, languages: Sequence[str] = DEFAULT_LANGUAGES) -> Item:
    """A question of this kind that can be asked as it is, in as many of ``languages`` as we can."""
    item = {"code": code, "kind": kind, **(KINDS[kind].begins if kind in KINDS else {})}
    told: Item = _in_languages(item, languages)
    return told


def new_document(title: Texts, languages: Sequence[str] = DEFAULT_LANGUAGES) -> Document:
    """A questionnaire to start from: how satisfied, and why."""
    first = new_item("rating", "rating_1", languages) | {"required": True}
    questions = [first, new_item("text", "text_1", languages)]
    return {"format": 1, "title": dict(title), "languages": list(languages), "questions": questions}


def new_option_code(taken: Collection[str]) -> str:
    """The first of o1, o2 … that no option has."""
    number = 1
    while f"o{number}" in taken:
        number += 1
    return f"o{number}"


def labels_of(wording: str, languages: Sequence[str]) -> list[dict[str, str]]:
    """Texts for each point, the lowest first, of ``wording``, a key of WORDINGS. Raises KeyError."""
    told: list[dict[str, str]] = _in_languages(list(WORDINGS[wording].labels), languages)
    return told


def _in_languages(thing: Any, languages: Sequence[str]) -> Any:
    """A copy with all texts in it in these languages only; in the default one in any case."""
    if isinstance(thing, list | tuple):
        return [_in_languages(part, languages) for part in thing]
    if not isinstance(thing, Mapping):
        return thing
    if set(thing) != set(DEFAULT_LANGUAGES):
        return {key: _in_languages(part, languages) for key, part in thing.items()}
    own = {language: thing[language] for language in languages if language in thing}
    return own if languages[0] in own else {languages[0]: thing["en"], **own}
