"""Addresses of questionnaires, proposed from their titles."""

import re
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from survey.questionnaires.drafting import SlugTaken

Made = TypeVar("Made")
LONGEST = 50


def stem(title: str) -> str:
    """Return a title as lowercase letters, digits and hyphens; "questionnaire" when none are left."""
    spelled = re.sub(r"[^a-z0-9]+", "-", title.lower(), flags=re.ASCII).strip("-")[:LONGEST].strip("-")
    return spelled if spelled and spelled != "new" else "questionnaire"


def free_slug(title: str, make: Callable[[str], Made]) -> Made:
    """Return the result of ``make`` for the first free slug. ``make`` raises SlugTaken for a taken one."""
    slug = stem(title)
    for number in count(2):
        try:
            return make(slug)
        except SlugTaken:
            slug = f"{stem(title)}-{number}"
    raise AssertionError("count() never ends")
