"""Users who sign in, and the telephone numbers that belong to staff."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import Entry
from admin.permissions import Can
from survey.outgoing import Sent

from . import insiders, staff

blueprints = (
    staff.blueprint,
    insiders.blueprint,
)
navigation = (Entry("staff.index", _l("Staff"), Can.READ_STAFF, position=100),)
acts: dict[str, LazyString] = {
    "insiders.add": _l("Listed numbers of staff"),
    "insiders.remove": _l("Took numbers off the list of staff"),
    "staff.new": _l("Appointed somebody"),
    "staff.edit": _l("Changed an appointment"),
    "staff.password": _l("Gave a new password"),
    "staff.retire": _l("Ended an appointment"),
    "staff.restore": _l("Restored an appointment"),
}
downloads: dict[str, Sent] = {}
