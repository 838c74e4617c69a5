"""The tabs of the pages about points that a user may open, with how much waits for a decision on each."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from admin.access import may
from admin.permissions import Can
from survey.rewards.queries import adjustments, reviews


class Tab(NamedTuple):
    """A tab: the ``name`` of a blueprint with an index, and the number ``waiting`` for a decision."""

    name: str
    label: str
    waiting: int = 0


def points_tabs() -> list[Tab]:
    tabs = [
        Tab("campaigns", str(_l("Campaigns"))),
        Tab("reviews", str(_l("Points under review")), reviews.count(is_pending=True)),
        Tab("adjustments", str(_l("Adjustments")), adjustments.count(waiting=True)),
    ]
    if may(Can.READ_LEDGER):
        tabs += [Tab("books", str(_l("Ledger"))), Tab("statements", str(_l("Monthly points statement")))]
    return tabs
