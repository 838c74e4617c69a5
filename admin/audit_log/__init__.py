"""The audit log: what staff did."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import CSV, DeclaredReply, declared_reply

from . import audit_log

blueprints = (audit_log.blueprint,)
navigation = (NavigationEntry("audit_log.index", _l("Audit log"), Can.READ_AUDIT_LOG, position=110),)
acts: dict[str, LazyString] = {
    "audit_log.export": _l("Exported the audit log"),
}
downloads: dict[str, DeclaredReply] = {
    "audit_log.export": declared_reply(CSV, "log staff"),
}
