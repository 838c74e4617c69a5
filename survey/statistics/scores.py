"""Scores of a question, from the histogram of its answers.

``bins`` are the values that an answer can have, ascending, so that their ends are those of the scale;
``counts`` are the numbers of respondents who chose each.
"""

from collections.abc import Sequence

PROMOTER = 9  # and above; F. Reichheld, "The One Number You Need to Grow", HBR 12/2003
DETRACTOR = 6  # and below


def mean(bins: Sequence[int], counts: Sequence[int]) -> float | None:
    """Return the mean answer Σ x·n_x / n, on the question's own scale; None when nobody answered."""
    n = sum(counts)
    return sum(value * count for value, count in zip(bins, counts, strict=True)) / n if n else None


def variance(bins: Sequence[int], counts: Sequence[int]) -> float | None:
    """Return the sample variance s² = Σ (x − x̄)² / (n − 1) of the answers, on the scale squared.

    It is computed as (n·Σx² − (Σx)²) / (n(n − 1)) in integers, so it is exact for any n and never negative.
    None when fewer than two answered.
    """
    n = sum(counts)
    if n < 2:
        return None
    pairs = list(zip(bins, counts, strict=True))
    total = sum(value * count for value, count in pairs)
    squares = sum(value * value * count for value, count in pairs)
    return (n * squares - total * total) / (n * (n - 1))


def deviation(bins: Sequence[int], counts: Sequence[int]) -> float | None:
    """Return the sample standard deviation s (divisor n − 1, R11); None when fewer than two answered."""
    squared = variance(bins, counts)
    return None if squared is None else squared**0.5


def rescale(value: float, low: float, high: float) -> float:
    """Return ``value`` on a scale from ``low`` to ``high`` as 0 to 100: x′ = 100 · (value − low) / (high −
    low).

    ``low`` is the worst answer and ``high`` the best, so ``low`` is the greater number where the lowest
    answer is the best. Raises ValueError when they are equal, since such a scale measures nothing.
    """
    if low == high:
        raise ValueError("a scale needs two different ends")
    return 100 * (value - low) / (high - low)


def ends(bins: Sequence[int], best: str = "high") -> tuple[int, int]:
    """Return the worst and the best answer; ``best`` is the good end of the scale, "high" or "low"."""
    return (bins[-1], bins[0]) if best == "low" else (bins[0], bins[-1])


def top_boxes(bins: Sequence[int], counts: Sequence[int], best: str = "high", boxes: int = 2) -> int:
    """Return how many answers are among the ``boxes`` best of the scale. Of n answers, top_boxes()/n is the
    top-2-box share; on a scale of five (answers 4 and 5) it is the customer satisfaction score CSAT. Its
    interval is that of intervals.wilson().

    Raises ValueError when the scale has no answer beside those boxes: the share would always be 1.
    """
    if not 0 < boxes < len(bins):
        raise ValueError("a scale needs answers beside the top boxes")
    in_order = counts if best == "low" else tuple(reversed(counts))
    return sum(in_order[:boxes])


def promoters_and_detractors(bins: Sequence[int], counts: Sequence[int]) -> tuple[int, int]:
    """Return the numbers of promoters (9, 10) and detractors (0 to 6) on the scale of recommendation, 0 to
    10."""
    by_value = list(zip(bins, counts, strict=True))
    promoters = sum(count for value, count in by_value if value >= PROMOTER)
    return promoters, sum(count for value, count in by_value if value <= DETRACTOR)


def nps(n: float, promoters: float, detractors: float) -> float | None:
    """Return the net promoter score, −100 to 100: the share of promoters less that of detractors (R10)."""
    return 100 * (promoters - detractors) / n if n else None
