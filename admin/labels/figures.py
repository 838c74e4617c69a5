"""Names of figures (see survey/indexes/rules/figure_names.py)."""

from flask_babel import lazy_gettext as _l

from survey.indexes.rules.figure_names import DIMENSION, INDEX, NPS, SATISFIED

from .dimensions import dimension_name

FIGURES = {INDEX: _l("Index"), NPS: _l("NPS"), SATISFIED: _l("Satisfaction rate")}


def figure_name(name: str) -> str:
    """Return the name of the index, the NPS, the satisfaction rate or a dimension."""
    if name in FIGURES:
        return str(FIGURES[name])
    return dimension_name(name.removeprefix(DIMENSION))
