"""Points: campaigns, reviews, adjustments, the ledger and statements."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import Entry
from admin.permissions import Can
from survey.outgoing import CSV, PDF, XLSX, Sent, sent

from . import adjustments, campaigns, ledger, reviews, statements
from .tabs import points_tabs

blueprints = (
    reviews.blueprint,
    campaigns.blueprint,
    adjustments.blueprint,
    ledger.blueprint,
    statements.blueprint,
)
navigation = (Entry("campaigns.index", _l("Points"), Can.READ_POINTS, position=60),)
acts: dict[str, LazyString] = {
    "campaigns.new": _l("Made a campaign"),
    "campaigns.edit": _l("Changed a campaign"),
    "campaigns.pause": _l("Paused a campaign"),
    "campaigns.resume": _l("Let a campaign go on"),
    "adjustments.new": _l("Asked for an adjustment"),
    "adjustments.approve": _l("Approved an adjustment"),
    "adjustments.refuse": _l("Refused an adjustment"),
    "adjustments.take_back": _l("Asked to take an adjustment back"),
    "books.file": _l("Exported the journal of points"),
    "statements.file": _l("Downloaded a statement of points"),
    "reviews.decide": _l("Decided about doubtful points"),
}
downloads: dict[str, Sent] = {
    "books.file": sent(CSV, "points rewards"),
    "statements.file": sent(f"{PDF} {XLSX}", "points rewards"),
}

for blueprint in blueprints:
    blueprint.context_processor(lambda: {"points_tabs": points_tabs})
