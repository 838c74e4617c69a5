"""Generate the answers of invented customers, thousands at once. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from survey.db import dumps
from survey.questionnaires.rules.careless import BEST, HASTY, LEAST_BEST, LEAST_SECONDS, TIMED

from .comments import TEXTS, choose_comments
from .company import InventedPoint

DAYS = 365
DIMENSIONS = ("quality", "effectiveness", "innovation", "value")
LEVELS = (4.05, 3.95, 3.6, 3.75)  # means of the four dimensions at a service point of no effect
MOOD = 0.75  # standard deviation of the part that all answers of a customer share
NOISE = 0.5
MISSING = 0.04
COMMENT_SHARE = 0.22  # share of customers who write a comment
OPINION = 0.05
ENGLISH = 0.05
SECONDS = (28, 8)  # that answering takes: mean and standard deviation
QUICKEST = 4
SERVED = 0.8  # share of customers who name their employee, where there are any
MOST = 20_000  # customers that are generated at once

Integers = NDArray[np.int64]
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Pieces = NDArray[np.object_]


@dataclass(frozen=True)
class AnswerBatch:
    """The responses of some customers of a point, one at each position of the lists.

    ``workers`` are the codes of their employees (None: not named); answers and signs are as they are stored.
    """

    point: InventedPoint
    workers: list[str | None]
    days: list[str]
    languages: list[str]
    answers: list[str]
    signs: list[int]


def answers(
    random: Generator, points: list[InventedPoint], number: int, today: date
) -> Iterator[AnswerBatch]:
    """Yield the responses of ``number`` customers in the year up to ``today``, point by point."""
    shares = np.array([point.weight for point in points])
    for point, n in zip(points, random.multinomial(number, shares / shares.sum()).tolist(), strict=True):
        for start in range(0, n, MOST):
            yield _answer_batch(random, point, min(MOST, n - start), today)


def _answer_batch(random: Generator, point: InventedPoint, n: int, today: date) -> AnswerBatch:
    days = [today - timedelta(days=back) for back in range(DAYS)]
    busy = np.cumsum([(1.3 if day.weekday() >= 5 else 1) * (1 - i / 1500) for i, day in enumerate(days)])
    days_ago = np.searchsorted(busy, random.random(n) * busy[-1], side="right")
    workers = [None, *(worker.code for worker in point.workers)]
    effects = np.array([0, *(worker.effect for worker in point.workers)])
    employee = random.integers(1, len(workers), n) if point.workers else np.zeros(n, np.int64)
    employee[random.random(n) >= SERVED] = 0
    english = random.random(n) < ENGLISH
    base = point.effect + point.trend * (1 - days_ago / DAYS) + effects[employee] + random.normal(0, MOOD, n)
    iso_days = [day.isoformat() for day in days]
    documents, signs = _documents(random, point, base, english)
    return AnswerBatch(
        point,
        [workers[i] for i in employee.tolist()],
        [iso_days[i] for i in days_ago.tolist()],
        ["en" if is_english else "zh" for is_english in english.tolist()],
        documents,
        signs.tolist(),
    )


def _documents(
    random: Generator, point: InventedPoint, base: Scores, english: Mask
) -> tuple[list[str], Integers]:
    """Return the answers as answering.submission stores them, and their signs.

    tests/survey/demo/test_answers.py compares both with a submitted form.
    """
    n = len(base)
    levels = np.array(LEVELS) + np.array(point.strengths)
    ratings = _rating(levels + base[:, None] + random.normal(0, NOISE, (n, len(DIMENSIONS))))
    mean = ratings.mean(axis=1)
    columns: list[Pieces] = []
    score_counts, best, opinion_counts = np.zeros(n, np.int64), np.ones(n, bool), np.zeros(n, np.int64)
    for i, code in enumerate(DIMENSIONS):
        rated = random.random(n) >= MISSING
        score_counts += rated
        best &= ~rated | (ratings[:, i] == 5)
        columns.append(_numbers(code, ratings[:, i], rated))
        comments = rated & (random.random(n) < OPINION)
        opinion_counts += comments
        columns.append(_texts(random, f"{code}_opinion", ratings[:, i], english, comments))
    likely = np.rint(2.3 * mean - 1 + random.normal(0, 0.9, n)).clip(0, 10).astype(np.int64)
    overall = _rating(mean + random.normal(0.1, 0.35, n))
    for code, values, most in (("overall", overall, 5), ("nps", likely, 10)):
        rated = random.random(n) >= MISSING
        score_counts += rated
        best &= ~rated | (values == most)
        columns.append(_numbers(code, values, rated))
    comments = (score_counts == 0) | (random.random(n) < COMMENT_SHARE)
    columns.append(_texts(random, "comment", mean, english, comments))
    signs = _signs(random, score_counts, best, opinion_counts + score_counts + comments)
    pieces = zip(*(column.tolist() for column in columns), strict=True)
    return [f"{{{''.join(parts)[:-1]}}}" for parts in pieces], signs


def _signs(random: Generator, score_counts: Integers, best: Mask, answer_counts: Integers) -> Integers:
    """Return the signs of responses, given their numbers of scores, whether all are the best, and their
    numbers of answers. The sign of identical ratings needs more than the five ratings here."""
    seconds = np.maximum(QUICKEST, random.normal(*SECONDS, len(score_counts)))
    hasty = seconds < LEAST_SECONDS * answer_counts
    return TIMED + HASTY * hasty + BEST * (best & (score_counts >= LEAST_BEST))


def _rating(values: Scores) -> Integers:
    return np.rint(values).clip(1, 5).astype(np.int64)


def _numbers(code: str, values: Integers, answered: Mask) -> Pieces:
    """Return for each document the JSON of a question that is answered by a number, "" where it is not."""
    pieces = np.array([f'"{code}":{number},' for number in range(11)] + [""], object)
    return pieces[np.where(answered, values, -1)]


def _texts(random: Generator, code: str, moods: Scores | Integers, english: Mask, answered: Mask) -> Pieces:
    """Return the same for a question that is answered in words."""
    pieces = np.array([f'"{code}":{dumps(text)},' for text in TEXTS] + [""], object)
    which: NDArray[np.int64] = np.full(len(answered), -1)
    which[answered] = choose_comments(random, moods[answered], english[answered])
    return pieces[which]
