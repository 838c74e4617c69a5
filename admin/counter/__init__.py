"""The counter, where codes are looked up and rewards handed out."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import DeclaredReply

from . import counter

blueprints = (counter.blueprint,)
navigation = (NavigationEntry("counter.index", _l("Counter"), Can.SERVE_COUNTER, position=80),)
acts: dict[str, LazyString] = {
    "counter.look_up": _l("Looked up a code at the counter"),
    "counter.hand_out": _l("Handed out a reward"),
    "counter.undo": _l("Undid a handover"),
    "counter.choose": _l("Chose a service point"),
}
downloads: dict[str, DeclaredReply] = {}
