"""The use case "collect": what customers wrote, by week and shuffled, and which terms are frequent.

Only whole blocks of weeks are shown, each of k respondents or more of one service point and questionnaire
(rules/weeks.py). Within a block nothing tells who came first, nor which comments one customer wrote; no
employee is named. This is the one use case that reads responses, so it is bounded: of parts with very many
answers it shows nothing and says so.
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

MOST = 200_000  # answers that are looked through
COUNTED = 1_000  # comments whose terms are counted, the newest of each dimension
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
    ``terms``: by dimension ("" for what belongs to none), in the newest 1,000 of each. ``too_many``: nothing
    was read, because there are so many answers; else 0."""

    found: Sequence[Comment]
    number: int
    terms: Mapping[str, Sequence[Term]]
    too_many: int = 0


def collect(versions: Sequence[Version], period: Period, place: Place, wanted: str = "") -> Collected:
    """The comments about a place and what lies below it whose block ended in the period; ``wanted`` is
    searched for without regard to case."""
    ids = [version.id for version in versions]
    asked = _asked(versions)
    if not asked:
        return Collected([], 0, {})
    answered = comments.answered(place, ids)
    if answered > MOST:
        return Collected([], 0, {}, answered)
    shown = _shown(versions, period, place, asked)
    by_dimension: dict[str, list[str]] = defaultdict(list)
    for one in shown:
        by_dimension[_dimension(versions, asked[one.code])].append(one.text)
    least = settings.current().minimum_group
    terms = {name: frequent(texts[:COUNTED], least) for name, texts in by_dimension.items()}
    needle = wanted.strip().lower()
    found = [one for one in shown if needle in one.text.lower()]
    return Collected(found, len(shown), {name: those for name, those in terms.items() if those})


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
) -> list[Comment]:
    """In an order that tells of nothing but the weeks."""
    ids = [version.id for version in versions]
    k, today = settings.current().minimum_group, settings.current().today()
    counts: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for place_id, day, n in comments.respondents(place, ids):
        counts[place_id][monday(day)] += n
    blocks = {place_id: closed_blocks(weeks, k, today) for place_id, weeks in counts.items()}
    kept = {
        (place_id, week): end
        for place_id, ends in blocks.items()
        for week, end in ends.items()
        if period.first <= end <= period.last
    }
    if not kept:
        return []
    first, last = min(week for _place, week in kept), max(week for _place, week in kept) + WEEK
    found: list[tuple[date, bytes, Comment]] = []
    for place_id, response_id, day, answers in comments.responses(place, ids, asked, first, last):
        end = kept.get((place_id, monday(day)))
        if end is None:
            continue
        for code in asked.keys() & answers.keys():
            if isinstance(answers[code], str):
                mixed = blake2b(response_id.bytes + code.encode(), digest_size=8).digest()
                found.append((end, mixed, Comment(answers[code], code, place_id, end)))
    found.sort(key=lambda one: one[1])
    found.sort(key=lambda one: one[0], reverse=True)
    return [comment for _end, _mixed, comment in found]
