"""The use case "collect": customers' comments, shuffled within each week, and their frequent terms.

Only weeks whose block has k respondents or more of the same service point and questionnaire are shown
(rules/weeks.py). Within a block the order reveals neither who came first nor which comments are by the same
customer; no employee is named. This is the only use case that reads responses for a page, so its work is
bounded: of very many responses it reads a random part at a time (rules/samples.py), and the page says so.
Where a part has fewer than k customers of a service point's block, comments are shown without the point, and
only one of each customer. Otherwise the point's own page would show which of the comments are of that point,
and two of them alone in a part would be known to be by the same customer.
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
from .rules.samples import Sample, choose_sample
from .rules.terms import Term, frequent
from .rules.weeks import WEEK, closed_blocks, monday

MOST = 4_000  # responses of the period read at once, so many that a part still has k of a point's week
MOST_OF_POINT = 1_000  # the same, on the page of a service point
SCANNED = 4  # times as many responses of any period may be scanned to find these
SEARCHED = 40_000  # responses of any period scanned for a word: only those that contain it are read
SEARCHED_OF_POINT = 15_000  # the same, on the page of a service point
COUNTED = 500  # comments of each dimension, the newest, whose terms are counted
OTHER = ""
NOBODY = Sample(0, 1, 1)


@dataclass(frozen=True)
class Comment:
    """A comment to the question ``code``. ``place_id`` is the service point, or None where it must not be
    known; ``week`` is the Monday of the last week of its block."""

    text: str
    code: str
    place_id: int | None
    week: date


@dataclass(frozen=True)
class CommentCollection:
    """The ``comments`` that contain the words searched for, the newest week first, and the ``sample`` of
    responses that was read. ``terms`` are the frequent terms by dimension ("" for questions without one), of
    the newest 500 comments of each, without the words searched for."""

    comments: Sequence[Comment]
    terms: Mapping[str, Sequence[Term]]
    sample: Sample = NOBODY


def collect(
    versions: Sequence[Version], period: Period, place: Place, search_text: str = "", number: int = 1
) -> CommentCollection:
    """Return the comments about a place and the places below it whose block ended in the period.
    ``search_text`` is searched for without regard to case; ``number``, from 1, chooses the part where there
    are many responses."""
    questions = _comment_questions(versions)
    if not questions:
        return CommentCollection([], {})
    needle = search_text.strip().lower()
    comments, sample = _select_comments(versions, period, place, questions, needle, number)
    dimensions = {code: _dimension(versions, question) for code, question in questions.items()}
    by_dimension: dict[str, list[str]] = defaultdict(list)
    for comment in comments:
        by_dimension[dimensions[comment.code]].append(comment.text)
    least = settings.current().minimum_group
    terms = {name: frequent(texts[:COUNTED], least) for name, texts in by_dimension.items()}
    other_terms = {name: [term for term in words if term.text != needle] for name, words in terms.items()}
    return CommentCollection(comments, {name: words for name, words in other_terms.items() if words}, sample)


def _comment_questions(versions: Sequence[Version]) -> dict[str, Question]:
    """Return the questions that ask for a comment, by code, as the newest version asks them, without those
    withheld from the employees who are assessed."""
    questions: dict[str, Question] = {}
    for version in versions:
        for question in version.definition.questions:
            if KINDS[question.kind].is_comment and question.code not in questions:
                questions[question.code] = question
    return {code: question for code, question in questions.items() if not question.withheld}


def _dimension(versions: Sequence[Version], question: Question) -> str:
    """Return the dimension of the question that the comment is about; OTHER without one."""
    for version in versions:
        subject = version.definition.by_code.get(question.about or question.code)
        if subject is not None:
            return subject.dimension or OTHER
    return OTHER


@dataclass(frozen=True)
class _Blocks:
    """The closed blocks of service points. ``ends`` has the last week of the block, by service point and
    week, of each week that may be shown; ``respondents`` their number in each block, by service point and
    last week; ``scanned`` is the number in all weeks. A week is its Monday."""

    ends: Mapping[tuple[int, date], date]
    respondents: Counter[tuple[int, date]]
    scanned: int

    @property
    def days(self) -> tuple[date, date]:
        """Return the Monday of the first of these weeks and the Monday after the last."""
        weeks = [week for _place, week in self.ends]
        return min(weeks), max(weeks) + WEEK

    def of_week(self) -> Counter[date]:
        """Return, by week, the number of respondents in the blocks of all points that end in it."""
        counts: Counter[date] = Counter()
        for (_place, end), n in self.respondents.items():
            counts[end] += n
        return counts


def _blocks(ids: Sequence[int], period: Period, place: Place, monday_of: "_Mondays") -> _Blocks:
    """Return the blocks that ended in the period, of responses to the versions with these ``ids``."""
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
    respondents: Counter[tuple[int, date]] = Counter()
    for (place_id, week), end in ends.items():
        respondents[place_id, end] += counts[place_id][week]
    return _Blocks(ends, respondents, sum(n for weeks in counts.values() for n in weeks.values()))


def _select_comments(
    versions: Sequence[Version],
    period: Period,
    place: Place,
    questions: Mapping[str, Question],
    needle: str,
    number: int,
) -> tuple[list[Comment], Sample]:
    """Return the comments that may be shown, in an order that reveals nothing but their weeks, and the sample
    of responses that was read."""
    ids, monday_of = [version.id for version in versions], _Mondays()
    blocks = _blocks(ids, period, place, monday_of)
    if not blocks.ends:
        return [], NOBODY
    is_point = place.kind == "point"
    most, searched = (MOST_OF_POINT, SEARCHED_OF_POINT) if is_point else (MOST, SEARCHED)
    bounds = (searched, searched) if needle else (most, SCANNED * most)
    sample = choose_sample(blocks.respondents.total(), blocks.scanned, *bounds, number)
    k = settings.current().minimum_group
    points_shown = {block for block, n in blocks.respondents.items() if sample.holds(k, n)}
    weeks_shown = {end for end, n in blocks.of_week().items() if sample.holds(k, n)}
    comments: list[tuple[date, bytes, Comment]] = []
    rows = queries.responses(place, ids, questions, blocks.days, sample.ids, needle)
    for place_id, response_id, day, answers in rows:
        end = blocks.ends.get((place_id, monday_of[day]))
        if end not in weeks_shown:
            continue
        point = place_id if (place_id, end) in points_shown else None
        customer_comments = _shuffle(response_id, questions.keys(), answers)
        for shuffle_key, code, text in customer_comments if point else customer_comments[:1]:
            if needle in text.lower():
                comments.append((end, shuffle_key, Comment(text, code, point, end)))
    comments.sort(key=lambda entry: entry[1])
    comments.sort(key=lambda entry: entry[0], reverse=True)
    return [comment for _end, _shuffle_key, comment in comments], sample


def _shuffle(
    response_id: object, codes: Iterable[str], answers: Mapping[str, Any]
) -> list[tuple[bytes, str, str]]:
    """Return (sort key, code, text) of each comment of a customer, always in the same order. The key is a
    hash of response and question, so that comments of a customer are not beside each other on the page."""
    texts = {code: answers[code] for code in codes if isinstance(answers.get(code), str)}
    keys = {code: blake2b(f"{response_id!r}{code}".encode(), digest_size=8).digest() for code in texts}
    return sorted((keys[code], code, text) for code, text in texts.items())


class _Mondays(dict[date, date]):
    """A cache of the Monday of each day."""

    def __missing__(self, day: date) -> date:
        self[day] = first_day = monday(day)
        return first_day
