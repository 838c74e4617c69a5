"""Acts in plain words, as the audit log shows them; each package of staff pages names its own."""

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from admin.auditing import declared_acts
from survey.audit.recording import COMMAND, NOBODY

ACTORS_WITHOUT_ACCOUNT: dict[str, LazyString] = {COMMAND: _l("Command line"), NOBODY: _l("Not signed in")}
"""Names of the actors of acts that no user has done."""
DONE: dict[str, LazyString] = {"added": _l("added"), "changed": _l("changed"), "removed": _l("removed")}


def act_name(act: str) -> str:
    """Return the act in words; a command as it is typed, marked as one.

    Of a page that is no longer there the endpoint is returned, which has a dot as no command has.
    """
    if act in declared_acts() or "." in act:
        return str(declared_acts().get(act, act))
    return _("Command: %(command)s", command=act)
