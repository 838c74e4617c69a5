"""The tables of a report: questions, dimensions and drivers, as text."""

from typing import Any

from .monthly import MonthlyReport
from .sentences import interval_text
from .words import Words, number, signed_number

MOST_DIMENSIONS = 12
MOST_DRIVERS = 32


def dimensions(monthly: MonthlyReport, words: Words) -> list[tuple[str, str, str, str]]:
    """Return (name, score, its interval, answers) of each dimension, at most MOST_DIMENSIONS."""
    rows = []
    for name, score in list(monthly.glance.now.dimensions.items())[:MOST_DIMENSIONS]:
        answers = f"{monthly.unweighted.dimensions[name].n:,.0f}"
        shown_answers = words("few") if score.value is None else answers
        rows.append(
            (
                monthly.dimension_name(name),
                number(score.value),
                interval_text(score.interval()),
                shown_answers,
            )
        )
    return rows


def questions(monthly: MonthlyReport, words: Words) -> list[dict[str, Any]]:
    """Return for each question its name, its cells (answers, mean, score, interval) and the counts of its
    answers, the worst first."""
    rows = []
    for question in monthly.glance.now.questions:
        cells, counts = [words("few"), "", "", ""], []
        if question.counts is not None:
            answers, score = f"{monthly.answer_count(question.code):,}", question.score
            cells = [answers, number(question.mean, 2), number(score.value), interval_text(score.interval())]
            counts = list(question.counts)
        if question.code in monthly.low_is_best:
            counts.reverse()
        rows.append({"name": monthly.question_text(question.code), "cells": cells, "counts": counts})
    return rows


def promoters(monthly: MonthlyReport, words: Words) -> str | None:
    """Return the shares of promoters, passives and detractors in a sentence; None without an NPS."""
    nps = monthly.glance.now.promoters
    if nps is None:
        return None
    counts = (nps.promoters, nps.n - nps.promoters - nps.detractors, nps.detractors)
    names = ("promoters", "passives", "detractors")
    percent = {name: number(100 * count / nps.n) for name, count in zip(names, counts, strict=True)}
    return f"{words('nps')}{words('colon')}{words('promoters', **percent)}"


def drivers(monthly: MonthlyReport, words: Words) -> dict[str, Any] | None:
    """Return the drivers of the outcome, the most important first: a note on what they explain, and for each
    its name, its part of the greatest share and its cells (share, score, quadrant). Returns None where there
    are no drivers."""
    outcome_drivers = monthly.drivers
    if not outcome_drivers.drivers:
        return None
    most = max(driver.share for driver in outcome_drivers.drivers)
    outcome = monthly.question_text(outcome_drivers.outcome)
    explained = number(100 * (outcome_drivers.explained or 0.0), 0)
    return {
        "note": words("drivers_note", outcome=outcome, explained=explained),
        "rows": [
            {
                "name": monthly.question_text(driver.code),
                "part": driver.share / most if most else 0.0,
                "cells": [f"{number(100 * driver.share, 0)}%", number(driver.score), words(driver.quadrant)],
            }
            for driver in outcome_drivers.drivers[:MOST_DRIVERS]
        ],
    }


def changed_questions(monthly: MonthlyReport, words: Words) -> str:
    """Return a sentence on the questions whose score changed significantly; "" where there are none."""
    names = [
        f"{monthly.question_text(code)} {signed_number(change.value)}"
        for code, change in monthly.glance.moved.items()
    ]
    return words("moved_questions", names=words("and").join(names)) if names else ""
