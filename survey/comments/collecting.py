"""The use case "collect": what customers wrote, by week and shuffled, and which terms are frequent.

Only weeks are shown whose block holds k respondents or more of one service point and questionnaire
(rules/weeks.py). Within a block nothing tells who came first, nor which comments one customer wrote; no
employee is named. This is the one use case that reads responses, so it is bounded: of very many answers it
looks through a random part at a time (rules/samples.py), and says so. Where a part holds fewer than k of a
service point's customers of a block, it does not say which point, and shows one comment of each customer:
the point's own page tells which of these are its own, and two that stand here alone would be one's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from survey import settings
from survey.periods import Period
from survey.places.models import Place
from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.models import Version

from . import queries
from .rules.samples import Sample, sample
from .rules.terms import Term, frequent
from .rules.weeks import WEEK, closed_blocks, monday

MOST = 4_000  # answers of the period that are read at once; in which a part still has k of a point's week
MOST_OF_POINT = 1_000
PASSED = 4  # times as many of any time are passed on the way
SEARCHED = 40_000  # answers of any time, where a word is searched for: only what holds it is read
SEARCHED_OF_POINT = 15_000
COUNTED = 500  # comments whose terms are counted, the newest of each dimension
OTHER = ""
NOBODY = Sample(0, 1, 1)


@dataclass(frozen=True)
class Comment:
    """``code``: the question it answers; ``place_id``: the service point, where it may be told; ``week``: the
    last of its block, by its Monday."""

    text: str
    code: str
    place_id: int | None
    week: date


@dataclass(frozen=True)
class Collected:
    """``found``: the comments, those that hold what was searched for, the newest week first; ``terms``: by
    dimension ("" for what belongs to none), in the newest 500 of each, without what was searched for.
    ``looked``: which of the answers were looked through."""

    found: Sequence[Comment]
    terms: Mapping[str, Sequence[Term]]
    looked: Sample = NOBODY


def collect(
    versions: Sequence[Version], period: Period, place: Place, wanted: str = "", number: int = 1
) -> Collected:
    """Return the comments about a place and what lies below it whose block ended in the period; ``wanted`` is
    searched for without regard to case; ``number``: which part, where there are many answers."""
    asked = _asked(versions)
    if not asked:
        return Collected([], {})
    needle = wanted.strip().lower()
    found, looked = _shown(versions, period, place, asked, needle, number)
    dimensions = {code: _dimension(versions, question) for code, question in asked.items()}
    by_dimension: dict[str, list[str]] = defaultdict(list)
    for one in found:
        by_dimension[dimensions[one.code]].append(one.text)
    least = settings.current().minimum_group
    terms = {name: frequent(texts[:COUNTED], least) for name, texts in by_dimension.items()}
    telling = {name: [one for one in those if one.text != needle] for name, those in terms.items()}
    return Collected(found, {name: those for name, those in telling.items() if those}, looked)


def _asked(versions: Sequence[Version]) -> dict[str, Question]:
    """Return the questions that ask for a comment, by code, as the newest version asks them; none that is
    withheld from whoever is assessed."""
    found: dict[str, Question] = {}
    for version in versions:
        for question in version.definition.questions:
            if KINDS[question.kind].is_comment and question.code not in found:
                found[question.code] = question
    return {code: question for code, question in found.items() if not question.withheld}


def _dimension(versions: Sequence[Version], question: Question) -> str:
    """That of the question which the comment is about."""
    for version in versions:
        about = version.definition.by_code.get(question.about or question.code)
        if about is not None:
            return about.dimension or OTHER
    return OTHER


@dataclass(frozen=True)
class _Blocks:
    """``ends``: the last week of its block, by service point and week, of the weeks that may be shown;
    ``held``: how many answered in each block, by service point and last week; ``passed``: in all weeks."""

    ends: Mapping[tuple[int, date], date]
    held: Counter[tuple[int, date]]
    passed: int

    @property
    def days(self) -> tuple[date, date]:
        """From the first of these weeks to the Monday after the last."""
        weeks = [week for _place, week in self.ends]
        return min(weeks), max(weeks) + WEEK

    def of_week(self) -> Counter[date]:
        """Return how many answered in the blocks of all points that end in the same week."""
        found: Counter[date] = Counter()
        for (_place, end), n in self.held.items():
            found[end] += n
        return found


def _blocks(ids: Sequence[int], period: Period, place: Place, monday_of: "_Mondays") -> _Blocks:
    """Of the answers to the versions with these ``ids``, those whose block ended in the period."""
    k, today = settings.current().minimum_group, settings.current().today()
    counts: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for place_id, day, n in queries.respondents(place, ids):
        counts[place_id][monday_of[day]] += n
    ends = {
        (place_id, week): end
        for place_id, weeks in counts.items()
        for week, end in closed_blocks(weeks, k, today).items()
        if period.first <= end <= period.last
    }
    held: Counter[tuple[int, date]] = Counter()
    for (place_id, week), end in ends.items():
        held[place_id, end] += counts[place_id][week]
    return _Blocks(ends, held, sum(n for weeks in counts.values() for n in weeks.values()))


def _shown(
    versions: Sequence[Version],
    period: Period,
    place: Place,
    asked: Mapping[str, Question],
    needle: str,
    number: int,
) -> tuple[list[Comment], Sample]:
    """In an order that tells of nothing but the weeks; and which answers were looked through."""
    ids, monday_of = [version.id for version in versions], _Mondays()
    blocks = _blocks(ids, period, place, monday_of)
    if not blocks.ends:
        return [], NOBODY
    is_point = place.kind == "point"
    most, searched = (MOST_OF_POINT, SEARCHED_OF_POINT) if is_point else (MOST, SEARCHED)
    bounds = (searched, searched) if needle else (most, PASSED * most)
    looked = sample(blocks.held.total(), blocks.passed, *bounds, number)
    k = settings.current().minimum_group
    told = {block for block, n in blocks.held.items() if looked.holds(k, n)}
    weeks_told = {end for end, n in blocks.of_week().items() if looked.holds(k, n)}
    found: list[tuple[date, bytes, Comment]] = []
    rows = queries.responses(place, ids, asked, blocks.days, looked.ids, needle)
    for place_id, response_id, day, answers in rows:
        end = blocks.ends.get((place_id, monday_of[day]))
        if end not in weeks_told:
            continue
        point = place_id if (place_id, end) in told else None
        written = _shuffled(response_id, asked.keys(), answers)
        for mixed, code, text in written if point else written[:1]:
            if needle in text.lower():
                found.append((end, mixed, Comment(text, code, point, end)))
    found.sort(key=lambda one: one[1])
    found.sort(key=lambda one: one[0], reverse=True)
    return [comment for _end, _mixed, comment in found], looked


def _shuffled(
    response_id: object, codes: Iterable[str], answers: Mapping[str, Any]
) -> list[tuple[bytes, str, str]]:
    """(where it stands, code, text) of each comment of one customer, always in the same order."""
    texts = {code: answers[code] for code in codes if isinstance(answers.get(code), str)}
    mixed = {code: blake2b(f"{response_id!r}{code}".encode(), digest_size=8).digest() for code in texts}
    return sorted((mixed[code], code, text) for code, text in texts.items())


class _Mondays(dict[date, date]):
    """The Monday of each day, found once."""

    def __missing__(self, day: date) -> date:
        self[day] = found = monday(day)
        return found
