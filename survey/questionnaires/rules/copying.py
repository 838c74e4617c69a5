"""Copies of a questionnaire, to be changed independently. Pure."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from survey.questionnaires.definition import Document, Texts

LONGEST_TITLE = 200
COPY_SUFFIXES = {"zh": "（副本）", "zh-Hant": "（副本）", "en": " (copy)"}
OTHER_SUFFIX = " (2)"
"""The suffix of a copy's title in all other languages."""


def copy_document(document: Mapping[str, Any], title: Texts) -> Document:
    """Return a copy of the document for another questionnaire; its title is ``title`` with a suffix."""
    content = {key: value for key, value in document.items() if key not in ("format", "slug")}
    own = {language: _copy_of(text, language) for language, text in title.items() if text}
    return deepcopy(content) | {"title": own}


def _copy_of(text: str, language: str) -> str:
    end = COPY_SUFFIXES.get(language, OTHER_SUFFIX)
    return text.removesuffix(end)[: LONGEST_TITLE - len(end)] + end
