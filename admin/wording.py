"""What the product says in English, in the language of the screen."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from survey.questionnaires.rules.returning import Problem as RowProblem
from survey.refusal import Refused
from survey.tabular import Problem, Unreadable

KINDS = {"group": _l("Group"), "region": _l("Region"), "point": _l("Service point")}
ROLES = {
    "administrator": _l("Administrator"),
    "manager": _l("Manager"),
    "marketing": _l("Marketing"),
    "counter": _l("Counter"),
    "auditor": _l("Auditor"),
}


def said(reason: Refused | Problem | RowProblem | Unreadable) -> str:
    return str(gettext(reason.text, **reason.detail))
