"""A monthly report as XLSX: numbers are number cells and texts are text cells, so that no text is run as a
formula."""

import io
from collections.abc import Callable, Sequence

from survey.indexes.ranking import Ranked
from survey.indexes.rules.figure_names import INDEX, NPS, SATISFIED
from survey.statistics.changes import Change
from survey.statistics.control_charts import ChartPeriod
from survey.statistics.intervals import Interval

from .book import Book, BookCell, SheetRow
from .monthly import MonthlyReport
from .sentences import weighting_text
from .words import Words, load_words, month_name

NOTHING: tuple[BookCell, BookCell] = (None, None)


def xlsx(monthly: MonthlyReport, progress: Callable[[int], None] = lambda _points: None) -> bytes:
    """Return the XLSX file. Calls ``progress`` at the end with the number of service points."""
    words = load_words(monthly.language)
    target = io.BytesIO()
    with Book(target, monthly.title, monthly.name_of(monthly.about)) as book:
        for name, make in (
            ("overview", _overview),
            ("places", _places),
            ("months", _months),
            ("questions", _questions),
            ("spreads", _answer_counts),
            ("drivers", _drivers),
            ("method", _method),
        ):
            head, *rows = make(monthly, words)
            book.sheet(words(f"sheet_{name}"), head, rows)
    progress(len(monthly.points.ranked) + len(monthly.points.few) if monthly.points else 1)
    return target.getvalue()


def _heads(words: Words, *keys: str) -> SheetRow:
    return [words(key) for key in keys]


def _interval_cells(interval: Interval | None) -> tuple[BookCell, BookCell]:
    return interval or NOTHING


def _change_cells(change: Change, words: Words) -> list[BookCell]:
    """Return the difference, the ends of its interval, p, and the verdict."""
    return [change.value, *_interval_cells(change.interval()), change.p, words(change.verdict)]


CHANGE_HEADS = ("difference", "low", "high", "p", "verdict")


def _overview(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    now, changes = monthly.glance.now, monthly.glance.changes
    rows: list[SheetRow] = [
        _heads(words, "figure", "value", "low", "high", "answers", *CHANGE_HEADS),
        [words("place"), monthly.name_of(monthly.about)],
        [words("questionnaire"), monthly.title],
        [words("month"), month_name(monthly.month, monthly.language)],
        [words("answers"), now.n],
        [words("earlier"), monthly.glance.earlier.n],
        *_weighting_rows(monthly, words),
    ]
    index = now.index
    unweighted = monthly.unweighted
    if index.value is not None:
        ends = _interval_cells(index.interval())
        rows.append(
            [
                words("index"),
                index.value,
                *ends,
                int(unweighted.index.n),
                *_change_cells(changes[INDEX], words),
            ]
        )
    if now.promoters and unweighted.promoters:
        score, ends = now.promoters.estimate.value, _interval_cells(now.promoters.interval())
        rows.append(
            [words("nps"), score, *ends, int(unweighted.promoters.n), *_change_cells(changes[NPS], words)]
        )
    if now.satisfied and unweighted.satisfied:
        share = now.satisfied
        changed = _change_cells(changes[SATISFIED], words)
        rows.append(
            [
                f"{words('satisfied')} (%)",
                share.percent,
                *_interval_cells(share.interval()),
                int(unweighted.satisfied.n),
                *changed,
            ]
        )
    for name, dimension in now.dimensions.items():
        if dimension.value is not None:
            rows.append(
                [
                    monthly.dimension_name(name),
                    dimension.value,
                    *_interval_cells(dimension.interval()),
                    int(unweighted.dimensions[name].n),
                ]
            )
    return [[*row, *[None] * (len(rows[0]) - len(row))] for row in rows]


def _weighting_rows(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    """Return rows on the weighting and its cost in precision; none where figures are not weighted."""
    weights = monthly.weights
    if weights is None:
        return []
    cost: list[SheetRow] = [
        [words("effective_n"), round(weights.effective_n, 1)],
        [words("design_effect"), weights.design_effect],
    ]
    return [[words("weights"), weighting_text(weights, words)], *cost]


def _places(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    keys = ("level", "code", "name", "region", "answers", "index", "low", "high", "likely_index")
    rows: list[SheetRow] = [_heads(words, *keys, "best_rank", "worst_rank", "bottom", *CHANGE_HEADS)]
    region_names = {
        subject: monthly.name_of(section.about)
        for section in monthly.sections
        if section.about
        for subject in [*(ranked.subject for ranked in section.ranked), *section.few]
    }
    for level, ranking in (("region", monthly.regions), ("point", monthly.points)):
        for ranked in ranking.ranked if ranking else ():
            about = ranked.subject
            name = [words(level), about.code, monthly.name_of(about), region_names.get(about)]
            rows.append([*name, *_standing_cells(ranked), *_change_cells(ranked.change, words)])
        for few in ranking.few if ranking else ():
            name = [words(level), few.code, monthly.name_of(few), region_names.get(few)]
            rows.append([*name, *[None] * 12, words("few")])
    return rows


def _standing_cells(ranked: Ranked) -> list[BookCell]:
    rank = ranked.standing.rank
    likely = ranked.standing.drawn.value
    ends = _interval_cells(ranked.standing.interval)
    return [ranked.n, ranked.standing.estimate.value, *ends, likely, rank.best, rank.worst, rank.bottom]


def _months(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    trend = monthly.trend
    heads = "month", "answers", "index", "lower_limit", "upper_limit", "nps", "satisfied"
    rows: list[SheetRow] = [_heads(words, *heads)]
    marks: Sequence[ChartPeriod | None] = trend.index.marks or [None] * len(trend.months)
    nps, satisfied = (
        line.values if line else [None] * len(trend.months) for line in (trend.nps, trend.satisfied)
    )
    month_values = zip(trend.months, trend.numbers, trend.index.values, marks, nps, satisfied, strict=True)
    for start, n, index, mark, score, share in month_values:
        limits = (mark.low, mark.high) if mark else NOTHING
        rows.append([start, n, index, *limits, score, share])
    return rows


def _questions(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    rows: list[SheetRow] = [
        _heads(
            words,
            "code",
            "question",
            "answers",
            "mean",
            "deviation",
            "score",
            "low",
            "high",
            "top",
            "low",
            "high",
        )
    ]
    for question in monthly.glance.now.questions:
        name = [question.code, monthly.question_text(question.code)]
        if question.counts is None:
            rows.append([*name, words("few"), *[None] * 8])
            continue
        top = (
            [question.top.percent, *_interval_cells(question.top.interval())] if question.top else [None] * 3
        )
        rows.append(
            [
                *name,
                monthly.answer_count(question.code),
                question.mean,
                question.deviation,
                question.score.value,
                *_interval_cells(question.score.interval()),
                *top,
            ]
        )
    return rows


def _answer_counts(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    rows: list[SheetRow] = [_heads(words, "code", "question", "answer", "answers")]
    for question in monthly.unweighted.questions:
        for value, count in zip(question.bins, question.counts or (), strict=False):
            rows.append([question.code, monthly.question_text(question.code), value, count])
    return rows


def _drivers(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    rows: list[SheetRow] = [
        _heads(words, "code", "question", "importance", "performance", "correlation", "quadrant", "answers")
    ]
    for driver in monthly.drivers.drivers:
        name = (driver.code, monthly.question_text(driver.code))
        rows.append([*name, driver.share, driver.score, driver.correlation, words(driver.quadrant), driver.n])
    return rows


def _method(monthly: MonthlyReport, words: Words) -> list[SheetRow]:
    explained: list[SheetRow] = [(name, text.format(k=monthly.k)) for name, text in words.explained]
    return [(words("figure"), words("method")), *explained]
