"""The preparation of known totals for raking: the shares of answered values, and where totals or answers are
missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from survey.statistics.raking import Stratum, Weights, rake


class Margin(NamedTuple):
    """The margin of an attribute: the ``shares``, 0 to 1, that the answered values shall have; the totals of
    values without answers (``missing``); and the share, 0 to 1, of answers whose value has no total."""

    shares: Mapping[str, float]
    missing: Mapping[str, float]
    without_total: float


def margin(answered: Mapping[str, int], totals: Mapping[str, float]) -> Margin:
    """Return the margin of an attribute, from the number of answers and the total of each value.

    Values without a total keep their share of the answers; the others divide the rest in proportion to their
    totals. Values without answers are left out, because no respondent can represent them.
    """
    counts = {value: count for value, count in answered.items() if count}
    known = {value: totals[value] for value in counts.keys() & totals.keys() if totals[value]}
    n = sum(counts.values())
    without_total = sum(counts[value] for value in counts.keys() - known.keys()) / n if n else 0.0
    known_total = sum(known.values())
    factor = (1 - without_total) / known_total if known_total else 0.0
    shares = {
        value: known[value] * factor if value in known else count / n for value, count in counts.items()
    }
    missing = {value: totals[value] for value in totals.keys() - counts.keys() if totals[value]}
    return Margin(shares, missing, without_total)


class RakedWeights(NamedTuple):
    """The ``weights`` by stratum, and the margins that they meet, in the order of the attributes."""

    weights: Weights
    margins: Sequence[Margin]


def rake_to_totals(
    counts: Mapping[Stratum, int], totals: Sequence[Mapping[str, float]], most: float
) -> RakedWeights:
    """Return the weights of the answers by the known totals of each attribute; see margin() and
    raking.rake(). Raises ValueError when the totals contradict the answers, or nobody answered."""
    margins = []
    for i, known in enumerate(totals):
        answered: dict[str, int] = defaultdict(int)
        for stratum, n in counts.items():
            answered[stratum[i]] += n
        margins.append(margin(answered, known))
    if not sum(counts.values()):
        raise ValueError("nobody answered")
    return RakedWeights(rake(counts, [known_margin.shares for known_margin in margins], most), margins)
