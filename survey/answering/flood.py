"""Many responses at one link within minutes: pages ask for a proof of work, claims go under review.

Responses are counted by link in the throttle's store and nowhere else, so no claim can be traced to a link.
Without Valkey each process counts by itself: n processes notice a flood after up to n times as many.
"""

import time
from collections.abc import Callable

from survey.rewards.rules.doubts import BURST_SECONDS, Earning, Flood, earning_of
from survey.throttle import Throttle


class Floods:
    """The counters that notice floods.

    A flood begins with more than ``answers`` responses at one link within BURST_SECONDS; 0 turns this off.
    """

    def __init__(self, throttle: Throttle, answers: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._throttle = throttle
        self._answers = answers
        self._clock = clock
        self._until: dict[int, float] = {}

    def is_on(self, link_id: int) -> bool:
        """Return whether pages of this link ask for a proof. This reads only the memory of this process."""
        until = self._until.get(link_id) if self._until else None
        return until is not None and self._clock() < until

    def count(self, link_id: int, is_proven: bool) -> Earning:
        """Count a response that earns points, and return what becomes of them."""
        if not self._answers:
            return Earning()
        answers = self._throttle.count(f"answers:{link_id}", BURST_SECONDS)
        is_flood = answers > self._answers
        if is_flood:
            self._until[link_id] = self._clock() + BURST_SECONDS
        unproven = 0
        if is_flood and not is_proven:
            unproven = self._throttle.count(f"unproven:{link_id}", BURST_SECONDS)
        return earning_of(Flood(answers, unproven, self._answers), is_proven)
