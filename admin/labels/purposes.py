"""What rows of single responses are downloaded for; the audit log takes no free text."""

from flask_babel import lazy_gettext as _l

PURPOSES = {
    "": _l("None: counts only"),
    "statistics": _l("Statistical analysis"),
    "audit": _l("Audit"),
    "complaint": _l("Checking a complaint about results"),
    "archive": _l("Archive, or a move to another system"),
}
