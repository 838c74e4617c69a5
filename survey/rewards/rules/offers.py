"""Rules that choose the rate of a campaign for a response and decide when a page may still promise it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_POINTS = 10_000
"""The most points that one response earns."""
OPEN_PAGES = 50
"""A large budget keeps points for so many responses: open pages that promised points."""
SHARE_OF_OPEN_PAGES = 20
"""A small budget keeps points for one response in so many."""


@dataclass(frozen=True)
class Offer:
    """An offer of ``points`` of a campaign for one response. 0 points are no offer: ``used_up`` then says
    that a campaign would pay if its budget were not used up."""

    campaign_id: int
    points: int
    used_up: bool = False


NOTHING = Offer(0, 0)


@dataclass(frozen=True)
class PayingRate:
    """A rate: ``points`` for a response to a questionnaire (None: to any) by a channel ("": by any)."""

    questionnaire_id: int | None
    channel: str
    points: int

    def counts_for(self, questionnaire_id: int, channel: str) -> bool:
        """Return whether the rate applies to a response to this questionnaire by this channel."""
        return self.questionnaire_id in (None, questionnaire_id) and self.channel in ("", channel)

    @property
    def closeness(self) -> tuple[bool, bool]:
        """Return the key that sorts a rate for the questionnaire above a rate for the channel, and both above
        a rate for any response."""
        return self.questionnaire_id is not None, self.channel != ""


@dataclass(frozen=True)
class RunningCampaign:
    """A running campaign: its budget, the points ``left`` of the budget, and its rates."""

    id: int
    budget: int
    left: int
    rates: Sequence[PayingRate]

    def points_for(self, questionnaire_id: int, channel: str) -> int:
        """Return the points of the closest rate, 0 when no rate counts."""
        fitting = [rate for rate in self.rates if rate.counts_for(questionnaire_id, channel)]
        return max(fitting, key=lambda rate: rate.closeness).points if fitting else 0

    def may_promise(self, points: int) -> bool:
        """Return whether a page opened now may promise ``points``: pages that are already open come first."""
        kept = min(OPEN_PAGES, self.budget // points // SHARE_OF_OPEN_PAGES)
        return self.left >= points * (kept + 1)


def best_offer(campaigns: Iterable[RunningCampaign], questionnaire_id: int, channel: str) -> Offer:
    """Return the offer of the campaign that pays most for such a response; of equal campaigns the oldest."""
    paying = [(campaign.points_for(questionnaire_id, channel), campaign) for campaign in campaigns]
    paying = sorted(
        ((points, campaign) for points, campaign in paying if points), key=lambda p: (-p[0], p[1].id)
    )
    for points, campaign in paying:
        if campaign.may_promise(points):
            return Offer(campaign.id, points)
    return Offer(paying[0][1].id, 0, used_up=True) if paying else NOTHING
