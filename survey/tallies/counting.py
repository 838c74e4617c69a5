"""Counting answers: exactly, by the employee and day of each; and as they are shown, by batch."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np

from survey.batches import queries as batches
from survey.batches.rules.carrying import shown_as
from survey.places import queries as places
from survey.questionnaires import queries as questionnaires

from . import storing
from .queries import answers
from .queries.answers import StoredAnswers
from .queries.tallies import SeriesKey
from .rules.cells import Layout, count_by
from .rules.parts import EVERYBODY, Common
from .rules.sums import Sums, add_up, spread
from .subject_key import ALL_EMPLOYEES, SubjectKey

SumsByCommon = Mapping[Common, Sums]


class CountedAnswers(NamedTuple):
    """Answers, and as whose, as what part and as of which day they count."""

    version_id: int
    subject_key: SubjectKey
    common: Common
    day: date
    signs: int | None
    answers: Mapping[str, Any]


class Counter:
    """Counts answers in memory that does not grow with them."""

    def __init__(self) -> None:
        self._layouts: dict[int, Layout] = {}
        self._sums: dict[int, dict[Common, Sums]] = {}

    def count(self, counted: Iterable[CountedAnswers], sign: int = 1) -> None:
        """Count these answers; with ``sign`` -1, take them away."""
        groups: dict[tuple[int, Common], list[CountedAnswers]] = {}
        for given in counted:
            groups.setdefault((given.version_id, given.common), []).append(given)
        for (version_id, common), members in groups.items():
            sums = _sums(self._layout(version_id), members)
            by_common = self._sums.setdefault(version_id, {})
            new = sums if sign > 0 else sums._replace(rows=-sums.rows)
            by_common[common] = add_up([by_common[common], new]) if common in by_common else new

    def sums(self) -> Mapping[int, SumsByCommon]:
        """Return what was counted by version: by place, employee (0: none) and day."""
        return self._sums

    def _layout(self, version_id: int) -> Layout:
        if version_id not in self._layouts:
            self._layouts[version_id] = Layout.of(questionnaires.version_by_id(version_id).definition)
        return self._layouts[version_id]


@dataclass(frozen=True)
class ShownBatch:
    """How the answers of a batch are shown: as those of ``employee_id`` (0: of nobody in particular) and of
    the part ``common``, as of ``day``; ``carried`` are the questions that are shown as of a later day, or
    not yet (None)."""

    employee_id: int
    common: Common
    day: date
    carried: Mapping[str, date | None] = field(default_factory=dict)


def add_batches(place_id: int, new: Sequence[tuple[int, StoredAnswers]]) -> None:
    """Add new batches of a point to the tallies, all answers each with its batch, and what earlier batches
    carried over and is shown with one of these, as a part of a use case's transaction."""
    ancestors = places.ancestor_ids([place_id])
    exact, released = Counter(), Counter()
    exact.count(_exactly(place_id, (given for _batch_id, given in new)))
    for version_id, by_common in exact.sums().items():
        storing.add(SeriesKey(version_id, "exact"), spread(by_common[EVERYBODY], ancestors))
    batch_ids = sorted({batch_id for batch_id, _given in new})
    count_shown(released, place_id, new, shown_batches(batch_ids))
    _count_carried(released, place_id, batch_ids)
    for version_id, by_common in released.sums().items():
        for part_id, sums in storing.sums_by_part(by_common).items():
            storing.add(SeriesKey(version_id, "released", part_id), spread(sums, ancestors))


def _count_carried(counter: Counter, place_id: int, batch_ids: Sequence[int]) -> None:
    """Count what of earlier batches is shown with one of these: all that is shown of them, less what was so
    before."""
    questions = batches.shown_with(batch_ids)
    if not questions:
        return
    now = shown_batches(list(questions))
    before = {
        earlier_id: replace(batch, carried={**batch.carried, **dict.fromkeys(questions[earlier_id])})
        for earlier_id, batch in now.items()
    }
    for page in answers.released_at(place_id, list(questions)):
        count_shown(counter, place_id, page, now)
        count_shown(counter, place_id, page, before, -1)


def count_shown(
    counter: Counter,
    place_id: int,
    released: Iterable[tuple[int, StoredAnswers]],
    batches: Mapping[int, ShownBatch],
    sign: int = 1,
) -> None:
    """Count answers, each with its batch, as they are shown, or with ``sign`` -1 take them away."""
    plus: list[CountedAnswers] = []
    minus: list[CountedAnswers] = []
    for batch_id, response in released:
        batch = batches[batch_id]
        subject_key = (place_id, batch.employee_id)
        for shown in shown_as(response.answers, batch.day, batch.carried):
            kept = {question: response.answers[question] for question in shown.questions}
            counted = CountedAnswers(
                response.version_id, subject_key, batch.common, shown.day, response.signs, kept
            )
            (plus if shown.sign > 0 else minus).append(counted)
    counter.count(plus, sign)
    counter.count(minus, -sign)


def shown_batches(batch_ids: Sequence[int]) -> dict[int, ShownBatch]:
    """Return how these batches are shown."""
    carried: dict[int, dict[str, date | None]] = {}
    for batch_id, question, closed_on in batches.carried(batch_ids):
        carried.setdefault(batch_id, {})[question] = _day(closed_on) if closed_on else None
    return {
        batch_id: ShownBatch(
            queue.employee_id or ALL_EMPLOYEES,
            Common(queue.channel, queue.language, queue.care),
            _day(closed_on),
            carried.get(batch_id, {}),
        )
        for batch_id, closed_on, queue in batches.with_queues(batch_ids)
    }


def recount(place_id: int) -> tuple[Mapping[int, SumsByCommon], Mapping[int, SumsByCommon]]:
    """Return what was answered at this very place and is released, by version: exactly, and as it is
    shown."""
    exact, released = Counter(), Counter()
    shown = shown_batches(batches.ids_at(place_id))
    for page in answers.released_at(place_id):
        exact.count(_exactly(place_id, (given for _batch_id, given in page)))
        count_shown(released, place_id, page, shown)
    return exact.sums(), released.sums()


def at_place(place_id: int, by_common: SumsByCommon) -> Sums:
    """Return what was counted at a place: of each employee and of all."""
    return spread(add_up(list(by_common.values())), {place_id: (place_id,)})


def _exactly(place_id: int, given: Iterable[StoredAnswers]) -> Iterator[CountedAnswers]:
    for response in given:
        subject_key = (place_id, response.common.employee_id)
        yield CountedAnswers(
            response.version_id, subject_key, EVERYBODY, response.day, response.signs, response.answers
        )


def _day(closed_on: date) -> date:
    """Return the day as of which a batch is shown: the last on which its answers may have been given."""
    return closed_on - timedelta(1)


def _sums(layout: Layout, counted: Sequence[CountedAnswers]) -> Sums:
    numbers: dict[tuple[SubjectKey, date], int] = {}
    groups = np.fromiter(
        (numbers.setdefault((given.subject_key, given.day), len(numbers)) for given in counted),
        np.int64,
        len(counted),
    )
    rows = count_by(
        layout, [given.answers for given in counted], groups, len(numbers), [given.signs for given in counted]
    )
    return Sums.of(
        [place_id for (place_id, _employee_id), _day in numbers],
        [employee_id for (_place_id, employee_id), _day in numbers],
        [day for _subject_key, day in numbers],
        rows,
    )
