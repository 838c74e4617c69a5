"""A questionnaire once more, to be changed without touching the first. Pure."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from survey.questionnaires.definition import Document, Texts

LONGEST_TITLE = 200
SAYS_COPY = {"zh": "（副本）", "zh-Hant": "（副本）", "en": " (copy)"}
ELSEWHERE = " (2)"
"""In other languages, of which we know no word for it."""


def copy_document(document: Mapping[str, Any], title: Texts) -> Document:
    """What the questionnaire that is called ``title`` asks, for another one; its title says so."""
    kept = {key: value for key, value in document.items() if key not in ("format", "slug")}
    own = {language: _copy_of(text, language) for language, text in title.items() if text}
    return deepcopy(kept) | {"title": own}


def _copy_of(text: str, language: str) -> str:
    end = SAYS_COPY.get(language, ELSEWHERE)
    return text.removesuffix(end)[: LONGEST_TITLE - len(end)] + end
