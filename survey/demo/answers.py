"""What the invented customers answer. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from .comments import comment
from .company import Point, Worker

DAYS = 365
DIMENSIONS = ("quality", "effectiveness", "innovation", "value")
LEVELS = (4.05, 3.95, 3.6, 3.75)  # means of the four dimensions where nothing is special
MOOD = 0.75  # standard deviation of what a customer's answers have in common
NOISE = 0.5
MISSING = 0.04
SAYS = 0.22  # share of customers who write a comment
OPINION = 0.05
ENGLISH = 0.05


@dataclass(frozen=True)
class Given:
    """One customer's form: ``fields`` as the page would send them."""

    point: Point
    worker: Worker | None
    day: date
    locale: str
    fields: dict[str, str]


def answers(random: Random, points: list[Point], number: int, today: date) -> Iterator[Given]:
    """``number`` forms from the year up to ``today``, in no order."""
    days = [today - timedelta(days=n) for n in range(DAYS)]
    busy = list(
        accumulate((1.3 if day.weekday() >= 5 else 1.0) * (1 - n / 1500) for n, day in enumerate(days))
    )
    shares = list(accumulate(point.weight for point in points))
    for point, day in zip(
        random.choices(points, cum_weights=shares, k=number),
        random.choices(days, cum_weights=busy, k=number),
        strict=True,
    ):
        worker = random.choice(point.workers) if point.workers and random.random() < 0.8 else None
        english = random.random() < ENGLISH
        grown = 1 - (today - day).days / DAYS
        base = point.effect + point.trend * grown + (worker.effect if worker else 0) + random.gauss(0, MOOD)
        fields = _fields(random, point, base, english)
        yield Given(point, worker, day, "en" if english else "zh", fields)


def _fields(random: Random, point: Point, base: float, english: bool) -> dict[str, str]:
    fields = {}
    ratings = [
        _rating(level + base + strength + random.gauss(0, NOISE))
        for level, strength in zip(LEVELS, point.strengths, strict=True)
    ]
    for code, rating in zip(DIMENSIONS, ratings, strict=True):
        if random.random() >= MISSING:
            fields[code] = str(rating)
            if random.random() < OPINION:
                fields[f"{code}_opinion"] = comment(random, rating, english)
    mean = sum(ratings) / len(ratings)
    if random.random() >= MISSING:
        fields["overall"] = str(_rating(mean + random.gauss(0.1, 0.35)))
    if random.random() >= MISSING:
        likely = round(2.3 * mean - 1.0 + random.gauss(0, 0.9))
        fields["nps"] = str(min(10, max(0, likely)))
    if not fields or random.random() < SAYS:
        fields["comment"] = comment(random, mean, english)
    return fields


def _rating(value: float) -> int:
    return min(5, max(1, round(value)))
