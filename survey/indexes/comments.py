"""The use case "collect": what customers wrote, by week and shuffled, and which terms are frequent.

Only weeks are shown whose block holds k respondents or more of one service point and questionnaire
(rules/weeks.py). Within a block nothing tells who came first, nor which comments one customer wrote; no
employee is named. This is the one use case that reads responses, so it is bounded: of parts with very many
answers it looks through some, chosen by their random ids, and says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

from survey import settings
from survey.places.models import Place
from survey.questionnaires.definition import Question
from survey.questionnaires.models import Version

from .queries import comments
from .rules.periods import Period
from .rules.weeks import WEEK, closed_blocks, monday
from .rules.wording import Term, frequent

MOST = 20_000  # answers of the period that are looked through
PASSED = 10 * MOST  # answers of any time that are passed on the way
COUNTED = 500  # comments whose terms are counted, the newest of each dimension
OTHER = ""


@dataclass(frozen=True)
class Comment:
    """``code``: the question it answers; ``week``: the last of its block, by its Monday."""

    text: str
    code: str
    place_id: int
    week: date


@dataclass(frozen=True)
class Collected:
    """``found``: those that hold what was searched for, the newest week first; ``number``: of all shown ones;
    ``terms``: by dimension ("" for what belongs to none), in the newest 500 of each. ``one_in``: of so many
    answers one was looked through; 1: all."""

    found: Sequence[Comment]
    number: int
    terms: Mapping[str, Sequence[Term]]
    one_in: int = 1


def collect(versions: Sequence[Version], period: Period, place: Place, wanted: str = "") -> Collected:
    """The comments about a place and what lies below it whose block ended in the period; ``wanted`` is
    searched for without regard to case."""
    asked = _asked(versions)
    if not asked:
        return Collected([], 0, {})
    shown, one_in = _shown(versions, period, place, asked)
    dimensions = {code: _dimension(versions, question) for code, question in asked.items()}
    by_dimension: dict[str, list[str]] = defaultdict(list)
    for one in shown:
        by_dimension[dimensions[one.code]].append(one.text)
    least = settings.current().minimum_group
    terms = {name: frequent(texts[:COUNTED], least) for name, texts in by_dimension.items()}
    needle = wanted.strip().lower()
    found = [one for one in shown if needle in one.text.lower()]
    return Collected(found, len(shown), {name: those for name, those in terms.items() if those}, one_in)


def _asked(versions: Sequence[Version]) -> dict[str, Question]:
    """The questions that ask for a comment, by code, as the newest version asks them; none that is withheld
    from whoever is assessed."""
    found: dict[str, Question] = {}
    for version in versions:
        for question in version.definition.questions:
            if question.kind == "text" and question.code not in found:
                found[question.code] = question
    return {code: question for code, question in found.items() if not question.withheld}


def _dimension(versions: Sequence[Version], question: Question) -> str:
    """That of the question which the comment is about."""
    for version in versions:
        about = version.definition.by_code.get(question.about or question.code)
        if about is not None:
            return about.dimension or OTHER
    return OTHER


def _shown(
    versions: Sequence[Version], period: Period, place: Place, asked: Mapping[str, Question]
) -> tuple[list[Comment], int]:
    """In an order that tells of nothing but the weeks; and of how many answers one was looked through."""
    ids = [version.id for version in versions]
    k, today = settings.current().minimum_group, settings.current().today()
    weeks_of = _Weeks()
    counts: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for place_id, day, n in comments.respondents(place, ids):
        counts[place_id][weeks_of[day]] += n
    blocks = {place_id: closed_blocks(weeks, k, today) for place_id, weeks in counts.items()}
    kept = {
        (place_id, week): end
        for place_id, ends in blocks.items()
        for week, end in ends.items()
        if period.first <= end <= period.last
    }
    if not kept:
        return [], 1
    passed = sum(n for weeks in counts.values() for n in weeks.values())
    one_in = _one_in(sum(counts[place_id][week] for place_id, week in kept), passed)
    first, last = min(week for _place, week in kept), max(week for _place, week in kept) + WEEK
    found: list[tuple[date, bytes, Comment]] = []
    for place_id, response_id, day, answers in comments.responses(place, ids, asked, first, last, one_in):
        end = kept.get((place_id, weeks_of[day]))
        if end is None:
            continue
        for code in asked.keys() & answers.keys():
            if isinstance(answers[code], str):
                mixed = blake2b(f"{response_id!r}{code}".encode(), digest_size=8).digest()
                found.append((end, mixed, Comment(answers[code], code, place_id, end)))
    found.sort(key=lambda one: one[1])
    found.sort(key=lambda one: one[0], reverse=True)
    return [comment for _end, _mixed, comment in found], one_in


class _Weeks(dict[date, date]):
    """The Monday of each day, found once."""

    def __missing__(self, day: date) -> date:
        self[day] = found = monday(day)
        return found


def _one_in(wanted: int, passed: int) -> int:
    """The least power of 2 that leaves few enough to look through."""
    found = 1
    while wanted > MOST * found or passed > PASSED * found:
        found *= 2
    return found
