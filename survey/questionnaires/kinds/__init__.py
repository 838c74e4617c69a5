"""The question types: each is a module in this folder with a ``KIND``.

It has a template in templates/survey/answering/kinds/. Nothing else needs to be changed for a new type.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from .kind import HistogramColumn, InvalidAnswer, Kind


def discover() -> dict[str, Kind]:
    """Return the question types by name, in the order in which they are offered."""
    modules = [import_module(f"{__name__}.{module_info.name}") for module_info in iter_modules(__path__)]
    kinds: list[Kind] = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.name: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.name))}


KINDS: Mapping[str, Kind] = discover()


def asks(kind: str) -> bool:
    """Return whether an item of this type is answered; a page and a statement are not."""
    return kind in KINDS and KINDS[kind].asks


__all__ = ["KINDS", "HistogramColumn", "InvalidAnswer", "Kind", "asks", "discover"]
