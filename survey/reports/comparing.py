"""Places beside each other: the dot plots of a report."""

from collections.abc import Sequence

from survey.indexes.ranking import Ranked, Ranking

from .charts import Box, Dot, dot_plot
from .monthly import Monthly
from .sentences import listed
from .sheet import MARGIN, MUTED, WIDTH, Sheet
from .words import Words, number, signed

PER_PAGE = 38  # rows
MARKS = {"risen": " ▲", "fallen": " ▼"}
STEPS = (0.0, 20.0, 40.0, 50.0, 60.0, 70.0, 80.0)


def dots(monthly: Monthly, ranked: Sequence[Ranked]) -> list[Dot]:
    """A row for each: index, change (marked where there is evidence of it), answers, rank."""
    moved = {one.subject for each in (monthly.points, monthly.regions) if each for one in each.moved}
    return [
        Dot(
            monthly.named(one.subject),
            one.standing.estimate.value,
            one.standing.interval,
            (
                number(one.standing.estimate.value),
                signed(one.change.value) + (MARKS[one.change.verdict] if one.subject in moved else ""),
                f"{one.n:,}",
                _ranks(one),
            ),
            bool(one.standing.beyond),
        )
        for one in ranked
    ]


def _ranks(one: Ranked) -> str:
    best, worst = one.standing.rank.best, one.standing.rank.worst
    return f"{best}–{worst}" if best < worst else str(best)


def heads(said: Words) -> list[str]:
    return [said("index_short"), said("against"), said("answers"), said("rank")]


def parts(rows: Sequence[Dot], first: int = PER_PAGE) -> list[Sequence[Dot]]:
    """The rows of each page; ``first``: how many find room on the first."""
    found = [rows[:first]] if rows else []
    return found + [rows[i : i + PER_PAGE] for i in range(first, len(rows), PER_PAGE)]


def compared(
    sheet: Sheet, y: float, said: Words, rows: Sequence[Dot], every: Sequence[Dot], middle: float | None
) -> float:
    """The dot plot of ``rows``, on the scale of ``every`` one; returns where it ends."""
    low = scale_from([dot.interval.low for dot in every if dot.interval] + [100.0])
    y = dot_plot(sheet, Box(MARGIN, y, WIDTH), rows, heads(said), low, 100.0, middle, columns=17.0) + 3
    return sheet.paragraph(MARGIN, y, said("dots_note"), WIDTH, 8, MUTED)


def scale_from(values: Sequence[float]) -> float:
    """A round number below them all, so that 40 places near 80 do not lie upon each other."""
    return max(step for step in STEPS if step <= max(0.0, min(values)))


def findings(monthly: Monthly, ranking: Ranking, said: Words) -> list[str]:
    """What a comparison of service points says, in sentences."""
    behind = [monthly.named(one.subject) for one in ranking.behind]
    moved = [f"{monthly.named(one.subject)} {signed(one.change.value)}" for one in ranking.moved]
    few = [monthly.named(one) for one in ranking.few]
    found = [said("behind", names=listed(behind, said)) if behind else said("nobody_behind")]
    found.append(said("moved", names=listed(moved, said)) if moved else said("nobody_moved"))
    return [*found, said("few_places", names=listed(few, said))] if few else found
