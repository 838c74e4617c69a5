"""Links, their limits and posters."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import PDF, PNG, SVG, DeclaredReply, declared_reply

from . import limits, links, posters

blueprints = (
    links.blueprint,
    limits.blueprint,
    posters.blueprint,
)
navigation = (NavigationEntry("links.index", _l("Links"), Can.READ_LINKS, position=30),)
acts: dict[str, LazyString] = {
    "links.new": _l("Created links"),
    "links.retire": _l("Deactivated a link"),
    "links.restore": _l("Reactivated a link"),
    "link_limits.edit": _l("Changed the limits of a link"),
}
downloads: dict[str, DeclaredReply] = {
    "links.code_image": declared_reply(f"{PNG} {SVG}", "questionnaires"),
    "posters.link": declared_reply(PDF, "organisation questionnaires"),
    "posters.place": declared_reply(PDF, "organisation questionnaires"),
}
