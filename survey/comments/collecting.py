"""The use case "collect": customers' comments, shuffled within each month, and their frequent terms.

A comment is shown with the batch of its response or, where few answer its question, with a later one, as its
figures are (survey/batches). Within a month the order reveals neither who came first nor which comments are
by the same customer; no employee is named. This is the only use case that reads responses for a page, so its
work is bounded: of very many responses it reads a random part at a time (rules/samples.py), and the page
says so. Where a part has fewer than k customers of a service point's month, comments are shown without the
point, and only one of each customer. Otherwise the point's own page would show which of the comments are of
that point, and two of them alone in a part would be known to be by the same customer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from survey import settings
from survey.periods import Period, month
from survey.places.models import Place
from survey.questionnaires.definition import Question
from survey.questionnaires.kinds import KINDS
from survey.questionnaires.models import Version
from survey.questionnaires.rules.withholding import withheld_codes

from . import queries
from .queries import DAY
from .rules.samples import Sample, choose_sample
from .rules.terms import Term, frequent

MOST = 4_000  # responses of the period read at once, so many that a part still has k of a point's month
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
    known; ``month`` is the first day of that in which it is shown."""

    text: str
    code: str
    place_id: int | None
    month: date


@dataclass(frozen=True)
class CommentCollection:
    """The ``comments`` that contain the words searched for, the newest month first, and the ``sample`` of
    responses that was read. ``terms`` are the frequent terms by dimension ("" for questions without one), of
    the newest 500 comments of each, without the words searched for."""

    comments: Sequence[Comment]
    terms: Mapping[str, Sequence[Term]]
    sample: Sample = NOBODY


def collect(
    versions: Sequence[Version], period: Period, place: Place, search_text: str = "", number: int = 1
) -> CommentCollection:
    """Return the comments about a place and the places below it that are shown in the period.
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
    """Return the questions that ask for a comment, by code, as the newest version asks them whose answers are
    not withheld from the employees who are assessed."""
    withheld = _withheld(versions)
    questions: dict[str, Question] = {}
    for version in versions:
        for question in version.definition.questions:
            if KINDS[question.kind].is_comment and question.code not in withheld[version.id]:
                questions.setdefault(question.code, question)
    return questions


def _withheld(versions: Sequence[Version]) -> Mapping[int, frozenset[str]]:
    """Return the codes of the questions of each version whose answers are withheld."""
    codes = withheld_codes(version.definition for version in versions)
    return {version.id: held for version, held in zip(versions, codes, strict=True)}


def _dimension(versions: Sequence[Version], question: Question) -> str:
    """Return the dimension of the question that the comment is about; OTHER without one."""
    for version in versions:
        subject = version.definition.by_code.get(question.about or question.code)
        if subject is not None:
            return subject.dimension or OTHER
    return OTHER


def _select_comments(
    versions: Sequence[Version],
    period: Period,
    place: Place,
    questions: Mapping[str, Question],
    needle: str,
    number: int,
) -> tuple[list[Comment], Sample]:
    """Return the comments in an order that tells of nothing but the months, and which answers were read."""
    version_ids = [version.id for version in versions]
    held = Counter(
        {(place_id, start): n for place_id, start, n in queries.respondents(place, version_ids, period)}
    )
    if not held.total():
        return [], NOBODY
    is_point = place.kind == "point"
    most, searched = (MOST_OF_POINT, SEARCHED_OF_POINT) if is_point else (MOST, SEARCHED)
    bounds = (searched, searched) if needle else (most, SCANNED * most)
    part = choose_sample(held.total(), queries.all_respondents(place, version_ids), *bounds, number)
    told = _Told(held, part, settings.current().minimum_group)
    carried = queries.carried(place, questions)
    withheld = _withheld(versions)
    comments: list[tuple[date, bytes, Comment]] = []
    for response in queries.written(place, version_ids, questions, period, part.ids, needle):
        shown = [code for code in questions if code not in withheld[response.version_id]]
        texts = _texts(response, shown, carried, period)
        telling = [text for text in texts if told.month(text.month)]
        at_point = all(told.point(response.place_id, text.month) for text in telling)
        place_id = response.place_id if at_point else None
        comments += [
            (text.month, text.mixed, Comment(text.text, text.code, place_id, text.month))
            for text in (telling if at_point else telling[:1])
            if needle in text.text.lower()
        ]
    comments.sort(key=lambda comment: comment[1])
    comments.sort(key=lambda comment: comment[0], reverse=True)
    return [comment for _start, _mixed, comment in comments], part


class _Told:
    """What may be said of comments where only a part of the answers is read."""

    def __init__(self, held: Mapping[tuple[int, date], int], part: Sample, k: int) -> None:
        months: Counter[date] = Counter()
        for (_place_id, start), n in held.items():
            months[start] += n
        self._months = {start for start, n in months.items() if part.holds(k, n)}
        self._points = {key for key, n in held.items() if part.holds(k, n)}

    def month(self, start: date) -> bool:
        """Return whether the part has k of those who answered in a month."""
        return start in self._months

    def point(self, place_id: int, start: date) -> bool:
        """Return whether the part has k of those who answered in a month at a service point."""
        return (place_id, start) in self._points


class _Text(NamedTuple):
    """A comment; ``month``: the first day of that in which it is shown; ``mixed``: where it stands in it."""

    month: date
    mixed: bytes
    code: str
    text: str


def _texts(
    response: queries.Written,
    codes: Iterable[str],
    carried: Mapping[tuple[int, str], date | None],
    period: Period,
) -> list[_Text]:
    """Return the comments of one customer that are shown in the period, always in the same order."""
    texts: list[_Text] = []
    for code in codes:
        text = response.answers.get(code)
        closed_on = carried.get((response.batch_id, code), response.closed_on)
        if isinstance(text, str) and closed_on is not None and period.first <= closed_on - DAY <= period.last:
            mixed = blake2b(f"{response.id!r}{code}".encode(), digest_size=8).digest()
            texts.append(_Text(month(closed_on - DAY), mixed, code, text))
    return sorted(texts, key=lambda text: text.mixed)
