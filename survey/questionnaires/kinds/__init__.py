"""The kinds of question, a module each. Adding one touches its module, its template and this list."""

from collections.abc import Mapping

from . import (
    consent,
    contact,
    date,
    multiple_choice,
    nps,
    number,
    ranking,
    rating,
    short_text,
    single_choice,
    statement,
    text,
    yes_no,
)
from .kind import Column, Kind, Refused

_MODULES = (
    rating,
    nps,
    single_choice,
    multiple_choice,
    yes_no,
    short_text,
    text,
    number,
    date,
    ranking,
    statement,
    consent,
    contact,
)
KINDS: Mapping[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}

__all__ = ["KINDS", "Column", "Kind", "Refused"]
