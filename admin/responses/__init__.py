"""Exports of responses, and callbacks that customers asked for."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import ANSWERS, CSV, PARQUET, SAV, TALLIES, XLSX, DeclaredReply, declared_reply

from . import callbacks, exports

blueprints = (
    exports.blueprint,
    callbacks.blueprint,
)
navigation = (
    NavigationEntry("exports.index", _l("Exports"), Can.EXPORT_COUNTS, position=20),
    NavigationEntry("contacts.index", _l("Callbacks"), Can.CALL_BACK, position=50),
)
acts: dict[str, LazyString] = {
    "contacts.index": _l("Viewed the callback list"),
    "contacts.done": _l("Marked a callback as done"),
    "contacts.reopen": _l("Reopened a callback"),
    "exports.counts": _l("Exported counts"),
    "exports.responses": _l("Exported responses"),
}
downloads: dict[str, DeclaredReply] = {
    "exports.counts": declared_reply(CSV, TALLIES),
    "exports.responses": declared_reply(f"{CSV} {XLSX} {SAV} {PARQUET}", ANSWERS),
}
