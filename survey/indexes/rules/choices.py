"""What was chosen where nothing is scored: options, and yes or no."""

from dataclasses import dataclass

from .cells import Row
from .measures import Share
from .pooling import Pool

YES = "yes"


@dataclass(frozen=True)
class Choices:
    """A question, by ``code``: how many of those who answered it chose each option (``shares``, by the
    option's code; YES alone for a question of yes or no). Empty where too few answered to be shown."""

    code: str
    shares: dict[str, Share]


def choices(pool: Pool, row: Row, least: int = 1) -> list[Choices]:
    """The questions in a pooled row that are not scored, in their order; with fewer than ``least`` answers
    a question keeps its shares to itself."""
    found: dict[str, Choices] = {}
    for asked in pool.questions:
        if asked.column.scored:
            continue
        not_chosen, chosen = row[asked.start : asked.end].tolist()
        one = found.setdefault(asked.question.code, Choices(asked.question.code, {}))
        if not_chosen + chosen >= max(least, 1):
            option = asked.code.removeprefix(f"{asked.question.code}.")
            one.shares[YES if option == asked.question.code else option] = Share(chosen, not_chosen + chosen)
    return list(found.values())
