"""Scores of one question, from the histogram of its answers."""

from collections.abc import Sequence

PROMOTER = 9  # and above; F. Reichheld, "The One Number You Need to Grow", HBR 12/2003
DETRACTOR = 6  # and below


def mean(bins: Sequence[int], counts: Sequence[int]) -> float | None:
    """The mean answer, None when nobody answered."""
    n = sum(counts)
    return sum(value * count for value, count in zip(bins, counts, strict=True)) / n if n else None


def rescaled(value: float, low: float, high: float) -> float:
    """``value`` on a scale from ``low`` to ``high`` as 0 to 100: 100 · (value − low) / (high − low)."""
    return 100 * (value - low) / (high - low)


def promoters_and_detractors(bins: Sequence[int], counts: Sequence[int]) -> tuple[int, int]:
    """How many of those asked to recommend, 0 to 10, are promoters (9, 10) and detractors (0 to 6)."""
    by_value = list(zip(bins, counts, strict=True))
    promoters = sum(count for value, count in by_value if value >= PROMOTER)
    return promoters, sum(count for value, count in by_value if value <= DETRACTOR)


def nps(n: int, promoters: int, detractors: int) -> float | None:
    """The net promoter score, −100 to 100: the share of promoters less that of detractors."""
    return 100 * (promoters - detractors) / n if n else None
