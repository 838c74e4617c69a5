"""Questions, dimensions and drivers: the tables of a report, as they are said."""

from typing import Any

from .monthly import Monthly
from .sentences import between
from .words import Words, number, signed

MOST_DIMENSIONS = 12
MOST_DRIVERS = 32


def dimensions(monthly: Monthly, said: Words) -> list[tuple[str, str, str, str]]:
    """Return (name, score, its interval, answers) of each."""
    found = []
    for name, score in list(monthly.glance.now.dimensions.items())[:MOST_DIMENSIONS]:
        given = f"{monthly.answered.dimensions[name].n:,.0f}"
        told = said("few") if score.value is None else given
        found.append((monthly.dimension(name), number(score.value), between(score.interval()), told))
    return found


def questions(monthly: Monthly, said: Words) -> list[dict[str, Any]]:
    """Return of each its name, its cells (answers, mean, score, interval) and how many gave each answer, the
    worst first."""
    found = []
    for one in monthly.glance.now.questions:
        cells, counts = [said("few"), "", "", ""], []
        if one.counts is not None:
            given, score = f"{monthly.given(one.code):,}", one.score
            cells = [given, number(one.mean, 2), number(score.value), between(score.interval())]
            counts = list(one.counts)
        if one.code in monthly.low_is_best:
            counts.reverse()
        found.append({"name": monthly.asked(one.code), "cells": cells, "counts": counts})
    return found


def promoters(monthly: Monthly, said: Words) -> str | None:
    """Return how many recommend us, in words."""
    found = monthly.glance.now.promoters
    if found is None:
        return None
    counts = (found.promoters, found.n - found.promoters - found.detractors, found.detractors)
    names = ("promoters", "passives", "detractors")
    percent = {name: number(100 * count / found.n) for name, count in zip(names, counts, strict=True)}
    return f"{said('nps')}{said('colon')}{said('promoters', **percent)}"


def drivers(monthly: Monthly, said: Words) -> dict[str, Any] | None:
    """Return what drives the outcome, the most important first: what they explain, and of each its name, its
    part of the greatest share and its cells (share, score, quadrant). None where nothing is known."""
    found = monthly.drivers
    if not found.drivers:
        return None
    most = max(one.share for one in found.drivers)
    outcome, explained = monthly.asked(found.outcome), number(100 * (found.explained or 0.0), 0)
    return {
        "note": said("drivers_note", outcome=outcome, explained=explained),
        "rows": [
            {
                "name": monthly.asked(one.code),
                "part": one.share / most if most else 0.0,
                "cells": [f"{number(100 * one.share, 0)}%", number(one.score), said(one.quadrant)],
            }
            for one in found.drivers[:MOST_DRIVERS]
        ],
    }


def moved(monthly: Monthly, said: Words) -> str:
    """Return the questions whose score changed, in a sentence; "" where there are none."""
    names = [f"{monthly.asked(code)} {signed(one.value)}" for code, one in monthly.glance.moved.items()]
    return said("moved_questions", names=said("and").join(names)) if names else ""
