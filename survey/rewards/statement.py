"""The use case "state a month": how many points are owed to customers by campaign, and why that changed."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from survey import settings
from survey.transaction import snapshot

from .models.campaigns import Campaign
from .queries import campaigns as campaign_queries
from .queries import statement as queries
from .rules.statement import StatementLine, line, total


@dataclass(frozen=True)
class PointsStatement:
    """A monthly statement of points. ``month`` is its first day. ``lines`` are by campaign, the oldest first;
    campaigns without entries have none. ``open_claims`` are (number of open claims, their points) on the day
    it was ``made``: promised points that are not in the ledger, because claims do not record the day on which
    they were earned."""

    month: date
    made: date
    lines: Mapping[Campaign, StatementLine]
    open_claims: tuple[int, int]

    @property
    def last(self) -> date:
        return _last_day(self.month)

    @property
    def total(self) -> StatementLine:
        return total(self.lines.values())

    @property
    def reconciles(self) -> bool:
        return all(statement_line.reconciles for statement_line in self.lines.values())


def monthly_statement(month: date) -> PointsStatement:
    """Return the statement of the month that begins on ``month``. Transfers have the day they are posted and
    are never changed, so that the statement of a past month stays the same."""
    today = settings.current().today()
    with snapshot() as session:
        movements = queries.movements(session, month, _last_day(month))
        claims = queries.open_claims(session, today).values()
        campaigns = sorted(campaign_queries.campaigns(), key=lambda campaign: campaign.id)
    openings: dict[int, int] = {}
    changes: dict[int, dict[str, int]] = {}
    for campaign_id, reason, before, during in movements:
        openings[campaign_id] = openings.get(campaign_id, 0) + int(before)
        changes.setdefault(campaign_id, {})[reason] = int(during)
    lines = {
        campaign: line(
            openings[campaign.id],
            changes[campaign.id],
            openings[campaign.id] + sum(changes[campaign.id].values()),
        )
        for campaign in campaigns
        if campaign.id in openings
    }
    return PointsStatement(
        month, today, lines, (sum(n for n, _ in claims), sum(points for _, points in claims))
    )


def _last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])
