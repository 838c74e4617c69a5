"""A monthly report as XLSX: numbers as numbers, every text a text, so that none is run as a formula."""

import io
from collections.abc import Callable, Sequence

from survey.indexes.ranking import Ranked
from survey.indexes.rules.figure_names import INDEX, NPS, SATISFIED
from survey.statistics.changes import Change
from survey.statistics.control_charts import ChartPeriod
from survey.statistics.intervals import Interval

from .book import Book, BookCell, SheetRow
from .monthly import Monthly
from .sentences import weighting
from .words import Words, month_of, words

NOTHING: tuple[BookCell, BookCell] = (None, None)


def xlsx(monthly: Monthly, progress: Callable[[int], None] = lambda _points: None) -> bytes:
    """The file. Tells ``progress`` of all service points at the end."""
    said = words(monthly.language)
    target = io.BytesIO()
    with Book(target, monthly.title, monthly.named(monthly.about)) as book:
        for name, make in (
            ("overview", _overview),
            ("places", _places),
            ("months", _months),
            ("questions", _questions),
            ("spreads", _spreads),
            ("drivers", _drivers),
            ("method", _method),
        ):
            head, *rows = make(monthly, said)
            book.sheet(said(f"sheet_{name}"), head, rows)
    progress(len(monthly.points.ranked) + len(monthly.points.few) if monthly.points else 1)
    return target.getvalue()


def _heads(said: Words, *keys: str) -> SheetRow:
    return [said(key) for key in keys]


def _ends(interval: Interval | None) -> tuple[BookCell, BookCell]:
    return interval or NOTHING


def _changed(change: Change, said: Words) -> list[BookCell]:
    """By how much, the ends of its interval, p, and what may be said."""
    return [change.value, *_ends(change.interval()), change.p, said(change.verdict)]


CHANGED = ("difference", "low", "high", "p", "verdict")


def _overview(monthly: Monthly, said: Words) -> list[SheetRow]:
    now, changes = monthly.glance.now, monthly.glance.changes
    rows: list[SheetRow] = [
        _heads(said, "figure", "value", "low", "high", "answers", *CHANGED),
        [said("place"), monthly.named(monthly.about)],
        [said("questionnaire"), monthly.title],
        [said("month"), month_of(monthly.month, monthly.language)],
        [said("answers"), now.n],
        [said("earlier"), monthly.glance.earlier.n],
        *_weighted(monthly, said),
    ]
    index = now.index
    plain = monthly.answered
    if index.value is not None:
        ends = _ends(index.interval())
        rows.append([said("index"), index.value, *ends, int(plain.index.n), *_changed(changes[INDEX], said)])
    if now.promoters and plain.promoters:
        score, ends = now.promoters.estimate.value, _ends(now.promoters.interval())
        rows.append([said("nps"), score, *ends, int(plain.promoters.n), *_changed(changes[NPS], said)])
    if now.satisfied and plain.satisfied:
        share = now.satisfied
        changed = _changed(changes[SATISFIED], said)
        rows.append(
            [
                f"{said('satisfied')} (%)",
                share.percent,
                *_ends(share.interval()),
                int(plain.satisfied.n),
                *changed,
            ]
        )
    for name, one in now.dimensions.items():
        if one.value is not None:
            rows.append(
                [monthly.dimension(name), one.value, *_ends(one.interval()), int(plain.dimensions[name].n)]
            )
    return [[*row, *[None] * (len(rows[0]) - len(row))] for row in rows]


def _weighted(monthly: Monthly, said: Words) -> list[SheetRow]:
    """That figures are weighted, and what it costs."""
    weights = monthly.weights
    if weights is None:
        return []
    cost: list[SheetRow] = [
        [said("effective_n"), round(weights.effective_n, 1)],
        [said("design_effect"), weights.design_effect],
    ]
    return [[said("weights"), weighting(weights, said)], *cost]


def _places(monthly: Monthly, said: Words) -> list[SheetRow]:
    keys = ("level", "code", "name", "region", "answers", "index", "low", "high", "likely_index")
    rows: list[SheetRow] = [_heads(said, *keys, "best_rank", "worst_rank", "bottom", *CHANGED)]
    above = {
        one: monthly.named(section.about)
        for section in monthly.sections
        if section.about
        for one in [*(each.subject for each in section.ranked), *section.few]
    }
    for level, ranking in (("region", monthly.regions), ("point", monthly.points)):
        for one in ranking.ranked if ranking else ():
            about = one.subject
            name = [said(level), about.code, monthly.named(about), above.get(about)]
            rows.append([*name, *_standing(one), *_changed(one.change, said)])
        for few in ranking.few if ranking else ():
            name = [said(level), few.code, monthly.named(few), above.get(few)]
            rows.append([*name, *[None] * 12, said("few")])
    return rows


def _standing(one: Ranked) -> list[BookCell]:
    rank = one.standing.rank
    likely = one.standing.drawn.value
    ends = _ends(one.standing.interval)
    return [one.n, one.standing.estimate.value, *ends, likely, rank.best, rank.worst, rank.bottom]


def _months(monthly: Monthly, said: Words) -> list[SheetRow]:
    months = monthly.trend
    heads = "month", "answers", "index", "lower_limit", "upper_limit", "nps", "satisfied"
    rows: list[SheetRow] = [_heads(said, *heads)]
    marks: Sequence[ChartPeriod | None] = months.index.marks or [None] * len(months.months)
    nps, satisfied = (
        line.values if line else [None] * len(months.months) for line in (months.nps, months.satisfied)
    )
    every = zip(months.months, months.numbers, months.index.values, marks, nps, satisfied, strict=True)
    for start, n, index, mark, score, share in every:
        limits = (mark.low, mark.high) if mark else NOTHING
        rows.append([start, n, index, *limits, score, share])
    return rows


def _questions(monthly: Monthly, said: Words) -> list[SheetRow]:
    rows: list[SheetRow] = [
        _heads(said, "code", "question", "answers", "mean", "score", "low", "high", "top", "low", "high")
    ]
    for one in monthly.glance.now.questions:
        name = [one.code, monthly.asked(one.code)]
        if one.counts is None:
            rows.append([*name, said("few"), *[None] * 7])
            continue
        top = [one.top.percent, *_ends(one.top.interval())] if one.top else [None] * 3
        rows.append(
            [*name, monthly.given(one.code), one.mean, one.score.value, *_ends(one.score.interval()), *top]
        )
    return rows


def _spreads(monthly: Monthly, said: Words) -> list[SheetRow]:
    rows: list[SheetRow] = [_heads(said, "code", "question", "answer", "answers")]
    for one in monthly.answered.questions:
        for value, count in zip(one.bins, one.counts or (), strict=False):
            rows.append([one.code, monthly.asked(one.code), value, count])
    return rows


def _drivers(monthly: Monthly, said: Words) -> list[SheetRow]:
    rows: list[SheetRow] = [
        _heads(said, "code", "question", "importance", "performance", "correlation", "quadrant", "answers")
    ]
    for one in monthly.drivers.drivers:
        name = (one.code, monthly.asked(one.code))
        rows.append([*name, one.share, one.score, one.correlation, said(one.quadrant), one.n])
    return rows


def _method(monthly: Monthly, said: Words) -> list[SheetRow]:
    explained: list[SheetRow] = [(name, text.format(k=monthly.k)) for name, text in said.explained]
    return [(said("figure"), said("method")), *explained]
