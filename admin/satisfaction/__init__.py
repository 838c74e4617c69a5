"""The pages of satisfaction: figures by unit and employee, drivers, comments, comparison and reports."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import PDF, TALLIES, XLSX, DeclaredReply, declared_reply

from . import comments, comparison, drivers, overview, reports

blueprints = (
    overview.blueprint,
    drivers.blueprint,
    comments.blueprint,
    comparison.blueprint,
    reports.blueprint,
)
navigation = (NavigationEntry("indexes.index", _l("Satisfaction"), Can.READ_FIGURES, position=10),)
acts: dict[str, LazyString] = {
    "reports.show": _l("Downloaded a report"),
}
downloads: dict[str, DeclaredReply] = {
    "reports.show": declared_reply(f"{PDF} {XLSX}", TALLIES),
}
