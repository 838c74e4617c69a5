"""Links, their limits and posters."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import Entry
from admin.permissions import Can

from . import limits, links, posters

blueprints = (
    links.blueprint,
    limits.blueprint,
    posters.blueprint,
)
navigation = (Entry("links.index", _l("Links"), Can.READ_LINKS, position=30),)
acts: dict[str, LazyString] = {
    "links.new": _l("Made links"),
    "links.retire": _l("Retired a link"),
    "links.restore": _l("Restored a link"),
    "link_limits.edit": _l("Changed the limits of a link"),
}
