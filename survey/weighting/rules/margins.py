"""Known totals made ready for raking: what they say of values that were answered, and what they do not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from survey.statistics.raking import Stratum, Weights, rake


class Margin(NamedTuple):
    """``shares`` of every value that was answered. ``missing``: the totals of values in which nobody
    answered; ``untold``: the share, 0 to 1, of answers whose value has no total."""

    shares: Mapping[str, float]
    missing: Mapping[str, float]
    untold: float


def margin(answered: Mapping[str, int], totals: Mapping[str, float]) -> Margin:
    """What has no total keeps the share that it has among the answers (``answered``: how many by value); the
    others share the rest as their totals do. Values in which nobody answered are left out: nobody can stand
    for them."""
    counts = {value: count for value, count in answered.items() if count}
    known = {value: totals[value] for value in counts.keys() & totals.keys() if totals[value]}
    n = sum(counts.values())
    untold = sum(counts[value] for value in counts.keys() - known.keys()) / n if n else 0.0
    whole = sum(known.values())
    factor = (1 - untold) / whole if whole else 0.0
    shares = {
        value: known[value] * factor if value in known else count / n for value, count in counts.items()
    }
    missing = {value: totals[value] for value in totals.keys() - counts.keys() if totals[value]}
    return Margin(shares, missing, untold)


class Raked(NamedTuple):
    """``weights`` by stratum, and the margins that they meet, in order."""

    weights: Weights
    margins: Sequence[Margin]


def raked(counts: Mapping[Stratum, int], totals: Sequence[Mapping[str, float]], most: float) -> Raked:
    """Return weights of the answers by what is known of each attribute; see margin() and raking.rake().
    Raises ValueError when the totals contradict what was answered, or nobody answered."""
    margins = []
    for i, known in enumerate(totals):
        answered: dict[str, int] = defaultdict(int)
        for stratum, n in counts.items():
            answered[stratum[i]] += n
        margins.append(margin(answered, known))
    if not sum(counts.values()):
        raise ValueError("nobody answered")
    return Raked(rake(counts, [one.shares for one in margins], most), margins)
