"""Names of dimensions: those of the library, and so those of R5, which are the product's own."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

DIMENSIONS: Mapping[str, LazyString] = {
    "advisor": _l("Service advisor"),
    "after_sales": _l("After-sales"),
    "answers": _l("Answers given"),
    "attitude": _l("Attitude"),
    "communication": _l("Communication"),
    "complaints": _l("Complaints"),
    "csi": _l("After-sales satisfaction, CSI"),
    "delivery": _l("Delivery"),
    "effectiveness": _l("Effectiveness"),
    "experience": _l("Customer experience"),
    "expertise": _l("Expertise"),
    "facilities": _l("Showroom"),
    "feedback": _l("Feedback score"),
    "follow_up": _l("Farewell and follow-up"),
    "guard": _l("Security"),
    "handover": _l("Change of consultant"),
    "information": _l("Information"),
    "innovation": _l("Innovation"),
    "knowledge": _l("Knowledge"),
    "lounge": _l("Lounge"),
    "loyalty": _l("Loyalty"),
    "needs": _l("Needs"),
    "negotiation": _l("Negotiation"),
    "personalisation": _l("Customisation"),
    "presentation": _l("Presentation"),
    "process": _l("Process"),
    "product": _l("Product"),
    "quality": _l("Quality"),
    "reception": _l("Reception"),
    "response": _l("Responsiveness"),
    "satisfaction": _l("Satisfaction"),
    "service": _l("Service"),
    "solution": _l("Solution"),
    "ssi": _l("Sales satisfaction, SSI"),
    "support": _l("Support"),
    "test_drive": _l("Test drive"),
    "timeliness": _l("Timeliness"),
    "value": _l("Value"),
}

AGREED_DIMENSIONS = ("quality", "effectiveness", "innovation", "value")
"""The dimensions of the company's own regulation R5, which the builder suggests first."""


def dimension_name(dimension: str) -> str:
    """Return the name of a dimension; one that a company invented is its own name."""
    return str(DIMENSIONS.get(dimension, dimension))
