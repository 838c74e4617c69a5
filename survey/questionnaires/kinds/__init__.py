"""The kinds of question, a module each: one with a ``KIND`` in this folder is one, and has a template in
templates/survey/answering/kinds/. Nothing else needs to know of it."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from .kind import HistogramColumn, InvalidAnswer, Kind


def discover() -> dict[str, Kind]:
    """By name, in the order in which they are offered."""
    modules = [import_module(f"{__name__}.{one.name}") for one in iter_modules(__path__)]
    found: list[Kind] = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.name: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.name))}


KINDS: Mapping[str, Kind] = discover()


def asks(kind: str) -> bool:
    """Whether an item of this kind is answered; a page is not."""
    return kind in KINDS and KINDS[kind].asks


__all__ = ["KINDS", "HistogramColumn", "InvalidAnswer", "Kind", "asks", "discover"]
