"""The kinds of question, a module each. Adding one touches its module, its template and this list."""

from collections.abc import Mapping

from . import nps, rating, text
from .kind import Kind, Refused

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (rating.KIND, nps.KIND, text.KIND)}

__all__ = ["KINDS", "Kind", "Refused"]
