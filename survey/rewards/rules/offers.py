"""What answering earns: which rate of which campaign counts, and when a page may still promise it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_POINTS = 10_000
"""Points for one response, at most."""
OPEN_PAGES = 50
"""Responses that a large budget is kept for: pages that promised points and are not handed in yet."""
SHARE_OF_OPEN_PAGES = 20
"""Of a small budget one response in so many."""


@dataclass(frozen=True)
class Offer:
    """``points`` of a campaign for one response. None are offered where there are 0: then ``used_up`` says
    that a campaign would pay if its budget were not used up."""

    campaign_id: int
    points: int
    used_up: bool = False


NOTHING = Offer(0, 0)


@dataclass(frozen=True)
class Paying:
    """A rate: ``points`` for a response to a questionnaire (None: to any) by a channel ("": by any)."""

    questionnaire_id: int | None
    channel: str
    points: int

    def counts_for(self, questionnaire_id: int, channel: str) -> bool:
        return self.questionnaire_id in (None, questionnaire_id) and self.channel in ("", channel)

    @property
    def closeness(self) -> tuple[bool, bool]:
        """A rate for this questionnaire counts before one for this channel, and that before any."""
        return self.questionnaire_id is not None, self.channel != ""


@dataclass(frozen=True)
class Running:
    """A campaign that is on: its budget, what is ``left`` of it, and its rates."""

    id: int
    budget: int
    left: int
    rates: Sequence[Paying]

    def points_for(self, questionnaire_id: int, channel: str) -> int:
        """What its closest rate pays; 0 when none counts."""
        fitting = [rate for rate in self.rates if rate.counts_for(questionnaire_id, channel)]
        return max(fitting, key=lambda rate: rate.closeness).points if fitting else 0

    def may_promise(self, points: int) -> bool:
        """Whether a page may promise ``points`` to who answers now: those whose pages are open come first."""
        kept = min(OPEN_PAGES, self.budget // points // SHARE_OF_OPEN_PAGES)
        return self.left >= points * (kept + 1)


def best(campaigns: Iterable[Running], questionnaire_id: int, channel: str) -> Offer:
    """The most that a campaign pays for such a response; of two alike the one that was made first."""
    paying = [(one.points_for(questionnaire_id, channel), one) for one in campaigns]
    paying = sorted(((points, one) for points, one in paying if points), key=lambda p: (-p[0], p[1].id))
    for points, one in paying:
        if one.may_promise(points):
            return Offer(one.id, points)
    return Offer(paying[0][1].id, 0, used_up=True) if paying else NOTHING
