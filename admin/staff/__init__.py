"""Users who sign in, and the telephone numbers that belong to staff."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import DeclaredReply

from . import insiders, staff

blueprints = (
    staff.blueprint,
    insiders.blueprint,
)
navigation = (NavigationEntry("staff.index", _l("Users"), Can.READ_STAFF, position=100),)
acts: dict[str, LazyString] = {
    "insiders.add": _l("Added excluded numbers"),
    "insiders.remove": _l("Removed excluded numbers"),
    "staff.new": _l("Added a user"),
    "staff.edit": _l("Changed a user"),
    "staff.password": _l("Reset a password"),
    "staff.retire": _l("Deactivated a user"),
    "staff.restore": _l("Reactivated a user"),
}
downloads: dict[str, DeclaredReply] = {}
