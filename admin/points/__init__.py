"""Points: campaigns, reviews, adjustments, the ledger and statements."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry
from admin.permissions import Can
from survey.outgoing import CSV, PDF, XLSX, DeclaredReply, declared_reply

from . import adjustments, campaigns, ledger, reviews, statements
from .tabs import points_tabs

blueprints = (
    reviews.blueprint,
    campaigns.blueprint,
    adjustments.blueprint,
    ledger.blueprint,
    statements.blueprint,
)
navigation = (NavigationEntry("campaigns.index", _l("Points"), Can.READ_POINTS, position=60),)
acts: dict[str, LazyString] = {
    "campaigns.new": _l("Created a campaign"),
    "campaigns.edit": _l("Changed a campaign"),
    "campaigns.pause": _l("Paused a campaign"),
    "campaigns.resume": _l("Resumed a campaign"),
    "adjustments.new": _l("Requested an adjustment"),
    "adjustments.approve": _l("Approved an adjustment"),
    "adjustments.refuse": _l("Rejected an adjustment"),
    "adjustments.take_back": _l("Requested the reversal of an adjustment"),
    "books.file": _l("Exported the points journal"),
    "statements.file": _l("Downloaded a points statement"),
    "reviews.decide": _l("Reviewed points"),
}
downloads: dict[str, DeclaredReply] = {
    "books.file": declared_reply(CSV, "points rewards"),
    "statements.file": declared_reply(f"{PDF} {XLSX}", "points rewards"),
}

for blueprint in blueprints:
    blueprint.context_processor(lambda: {"points_tabs": points_tabs})
