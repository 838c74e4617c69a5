"""What the invented customers answer, thousands at once. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from survey.db import dumps
from survey.questionnaires.rules.careless import BEST, HASTY, LEAST_BEST, LEAST_SECONDS, TIMED

from .comments import TEXTS, chosen
from .company import Point

DAYS = 365
DIMENSIONS = ("quality", "effectiveness", "innovation", "value")
LEVELS = (4.05, 3.95, 3.6, 3.75)  # means of the four dimensions where nothing is special
MOOD = 0.75  # standard deviation of what a customer's answers have in common
NOISE = 0.5
MISSING = 0.04
SAYS = 0.22  # share of customers who write a comment
OPINION = 0.05
ENGLISH = 0.05
SECONDS = (28, 8)  # that answering takes: mean and standard deviation
QUICKEST = 4
SERVED = 0.8  # share of those who say by whom, where there are employees
MOST = 20_000  # customers that are made at once

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Pieces = NDArray[np.object_]


@dataclass(frozen=True)
class Given:
    """What some customers of a point handed in, one at each position of the lists: by whom they were served
    (None: nobody named), when, in which language, and the answers and the signs as they are stored."""

    point: Point
    workers: list[str | None]
    days: list[str]
    languages: list[str]
    answers: list[str]
    signs: list[int]


def answers(random: Generator, points: list[Point], number: int, today: date) -> Iterator[Given]:
    """``number`` customers in the year up to ``today``, point by point."""
    shares = np.array([point.weight for point in points])
    for point, n in zip(points, random.multinomial(number, shares / shares.sum()).tolist(), strict=True):
        for start in range(0, n, MOST):
            yield _given(random, point, min(MOST, n - start), today)


def _given(random: Generator, point: Point, n: int, today: date) -> Given:
    days = [today - timedelta(days=back) for back in range(DAYS)]
    busy = np.cumsum([(1.3 if day.weekday() >= 5 else 1) * (1 - i / 1500) for i, day in enumerate(days)])
    back = np.searchsorted(busy, random.random(n) * busy[-1], side="right")
    workers = [None, *(worker.code for worker in point.workers)]
    effects = np.array([0, *(worker.effect for worker in point.workers)])
    by = random.integers(1, len(workers), n) if point.workers else np.zeros(n, np.int64)
    by[random.random(n) >= SERVED] = 0
    english = random.random(n) < ENGLISH
    base = point.effect + point.trend * (1 - back / DAYS) + effects[by] + random.normal(0, MOOD, n)
    when = [day.isoformat() for day in days]
    documents, signs = _documents(random, point, base, english)
    return Given(
        point,
        [workers[i] for i in by.tolist()],
        [when[i] for i in back.tolist()],
        ["en" if one else "zh" for one in english.tolist()],
        documents,
        signs.tolist(),
    )


def _documents(random: Generator, point: Point, base: Scores, english: Mask) -> tuple[list[str], Numbers]:
    """As answering.submission stores them, and their signs; tests/survey/demo/test_answers.py holds both
    against a form."""
    n = len(base)
    levels = np.array(LEVELS) + np.array(point.strengths)
    ratings = _rating(levels + base[:, None] + random.normal(0, NOISE, (n, len(DIMENSIONS))))
    mean = ratings.mean(axis=1)
    columns: list[Pieces] = []
    given, best, answered = np.zeros(n, np.int64), np.ones(n, bool), np.zeros(n, np.int64)
    for i, code in enumerate(DIMENSIONS):
        rated = random.random(n) >= MISSING
        given += rated
        best &= ~rated | (ratings[:, i] == 5)
        columns.append(_numbers(code, ratings[:, i], rated))
        says = rated & (random.random(n) < OPINION)
        answered += says
        columns.append(_texts(random, f"{code}_opinion", ratings[:, i], english, says))
    likely = np.rint(2.3 * mean - 1 + random.normal(0, 0.9, n)).clip(0, 10).astype(np.int64)
    overall = _rating(mean + random.normal(0.1, 0.35, n))
    for code, values, most in (("overall", overall, 5), ("nps", likely, 10)):
        rated = random.random(n) >= MISSING
        given += rated
        best &= ~rated | (values == most)
        columns.append(_numbers(code, values, rated))
    says = (given == 0) | (random.random(n) < SAYS)
    columns.append(_texts(random, "comment", mean, english, says))
    signs = _signs(random, given, best, answered + given + says)
    pieces = zip(*(one.tolist() for one in columns), strict=True)
    return [f"{{{''.join(one)[:-1]}}}" for one in pieces], signs


def _signs(random: Generator, given: Numbers, best: Mask, answered: Numbers) -> Numbers:
    """By how many scores, whether these are all the best, and how many answers. With five ratings nobody
    answers alike."""
    seconds = np.maximum(QUICKEST, random.normal(*SECONDS, len(given)))
    hasty = seconds < LEAST_SECONDS * answered
    return TIMED + HASTY * hasty + BEST * (best & (given >= LEAST_BEST))


def _rating(values: Scores) -> Numbers:
    return np.rint(values).clip(1, 5).astype(np.int64)


def _numbers(code: str, values: Numbers, given: Mask) -> Pieces:
    """Of each document the piece of a question that is answered by a number, "" where it is not."""
    pieces = np.array([f'"{code}":{number},' for number in range(11)] + [""], object)
    return pieces[np.where(given, values, -1)]


def _texts(random: Generator, code: str, moods: Scores | Numbers, english: Mask, says: Mask) -> Pieces:
    """The same of a question that is answered in words."""
    pieces = np.array([f'"{code}":{dumps(text)},' for text in TEXTS] + [""], object)
    which: NDArray[np.int64] = np.full(len(says), -1)
    which[says] = chosen(random, moods[says], english[says])
    return pieces[which]
