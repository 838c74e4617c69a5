"""Many answers at one link within minutes: who asks for a proof of work, and which claims are doubted.

Answers are counted by link in the throttle's store and nowhere else: no claim knows where it was earned.
Without Valkey each process counts by itself: with n of them a flood is noticed after up to n times as many.
"""

import time
from collections.abc import Callable

from survey.rewards.rules.doubts import BURST_SECONDS, Earning, Flood, earning_of
from survey.throttle import Throttle


class Floods:
    """``answers`` at one link within BURST_SECONDS are no flood yet; 0: no number is."""

    def __init__(self, throttle: Throttle, answers: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._throttle = throttle
        self._answers = answers
        self._clock = clock
        self._until: dict[int, float] = {}

    def is_on(self, link_id: int) -> bool:
        """Whether pages of this link ask for a proof: asks nobody."""
        until = self._until.get(link_id) if self._until else None
        return until is not None and self._clock() < until

    def count(self, link_id: int, is_proven: bool) -> Earning:
        """Counts an answer that earns points, and says what becomes of them."""
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
