"""The pages about points that somebody may enter, and how much waits for a decision behind each."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from admin.access import may
from admin.permissions import Can
from survey.rewards.queries import adjustments, reviews


class Tab(NamedTuple):
    """``name`` of a blueprint with an index; ``waiting`` things to decide about."""

    name: str
    label: str
    waiting: int = 0


def points_tabs() -> list[Tab]:
    found = [
        Tab("campaigns", str(_l("Campaigns"))),
        Tab("reviews", str(_l("Points under review")), reviews.count(is_pending=True)),
        Tab("adjustments", str(_l("Adjustments")), adjustments.count(waiting=True)),
    ]
    if may(Can.READ_LEDGER):
        found += [Tab("books", str(_l("Ledger"))), Tab("statements", str(_l("Monthly points statement")))]
    return found
