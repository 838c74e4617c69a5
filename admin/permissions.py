"""The capabilities of each role on staff pages, for views, navigation and templates alike.

A new role is one line in GRANTS, one in survey/people/models.py and its name in admin/labels.
"""

from collections.abc import Mapping
from enum import StrEnum

from survey.people.models import ROLES


class Can(StrEnum):
    """A capability: something that a page lets a user do."""

    SIGN_IN = "sign in"
    READ_FIGURES = "read figures"
    READ_WITHHELD = "read withheld questions"
    LIFT_WITHHELD = "show withheld questions"
    SET_TARGETS = "set targets"
    SET_TOTALS = "set customer totals"
    EXPORT_COUNTS = "export counts"
    EXPORT_RESPONSES = "export responses"
    OPEN_QUEUES = "open queues"
    CALL_BACK = "call back"
    READ_LINKS = "read links"
    CREATE_LINKS = "create links"
    SET_MAXIMA = "set maximum numbers of responses"
    READ_QUESTIONNAIRES = "read questionnaires"
    WRITE_QUESTIONNAIRES = "write questionnaires"
    READ_PLACES = "read places"
    CHANGE_PLACES = "change places"
    ADD_COMPANIES = "add companies"
    READ_POINTS = "read points"
    RUN_CAMPAIGNS = "run campaigns"
    ADJUST_POINTS = "adjust points"
    REVIEW_POINTS = "review points"
    READ_LEDGER = "read the ledger"
    READ_REWARDS = "read rewards"
    OFFER_REWARDS = "offer rewards"
    SERVE_COUNTER = "serve at the counter"
    READ_STAFF = "read staff"
    CHANGE_STAFF = "change staff"
    READ_OUTBOX = "read unsent messages"
    READ_AUDIT_LOG = "read the audit log"


_MANAGER = {
    Can.READ_FIGURES,
    Can.EXPORT_COUNTS,
    Can.CALL_BACK,
    Can.READ_LINKS,
    Can.CREATE_LINKS,
    Can.READ_QUESTIONNAIRES,
    Can.WRITE_QUESTIONNAIRES,
    Can.READ_PLACES,
    Can.CHANGE_PLACES,
    Can.SERVE_COUNTER,
}
_MARKETING = {
    Can.READ_LINKS,
    Can.READ_QUESTIONNAIRES,
    Can.READ_POINTS,
    Can.RUN_CAMPAIGNS,
    Can.ADJUST_POINTS,
    Can.REVIEW_POINTS,
    Can.READ_REWARDS,
    Can.OFFER_REWARDS,
}
_AUDITOR = {
    Can.READ_FIGURES,
    Can.READ_WITHHELD,
    Can.EXPORT_COUNTS,
    Can.EXPORT_RESPONSES,
    Can.READ_LINKS,
    Can.READ_QUESTIONNAIRES,
    Can.READ_PLACES,
    Can.READ_POINTS,
    Can.READ_LEDGER,
    Can.READ_REWARDS,
    Can.READ_STAFF,
    Can.READ_AUDIT_LOG,
}

GRANTS: Mapping[str, frozenset[Can]] = {
    "administrator": frozenset(Can),
    "manager": frozenset(_MANAGER | {Can.SIGN_IN}),
    "marketing": frozenset(_MARKETING | {Can.SIGN_IN}),
    "counter": frozenset({Can.SERVE_COUNTER, Can.SIGN_IN}),
    "auditor": frozenset(_AUDITOR | {Can.SIGN_IN}),
}
"""The capabilities of each role. A role that has no line here may do nothing."""


def may(role: str, capability: Can | str) -> bool:
    """Return whether ``role`` holds ``capability``. Raise ValueError for a capability that does not exist."""
    return Can(capability) in GRANTS.get(role, frozenset())


def roles_that_may(capability: Can) -> tuple[str, ...]:
    """Return the roles that hold ``capability``, in the order of survey/people/models.py."""
    return tuple(role for role in ROLES if may(role, capability))
