"""Releasing a batch, as a part of a use case's transaction: answers become responses, and are counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from survey import settings
from survey.batches import queries
from survey.batches.models import Batch, Carried, Queue
from survey.batches.rules.carrying import decide
from survey.questionnaires import queries as questionnaires
from survey.transaction import Session

from . import counting
from .queries import answers
from .queries.answers import Leaving, StoredAnswers

BatchAnswers = list[tuple[int, StoredAnswers]]
"""Answers, each with its batch."""


def make_batch(
    session: Session, queue: Queue, closed_on: date, leaving: Sequence[StoredAnswers]
) -> BatchAnswers:
    """Make a batch of these answers of a queue, closed on a day, and decide what is shown with it. Return the
    answers with it, for release()."""
    earlier = queries.batches(session, queue.place_id, queue.questionnaire_id)
    mine = [batch for batch in earlier if batch.queue_id == queue.id]
    pending = queries.pending(session, queue.id)
    answered = Counter(question for given in leaving for question in given.answers)
    batch = Batch(queue_id=queue.id, closed_on=closed_on, n=len(leaving), answered=dict(answered))
    session.add(batch)
    session.flush()
    decision = decide(
        batch.as_answered(),
        [batch_before.as_answered() for batch_before in earlier],
        _held(mine, pending),
        _always({given.version_id for given in leaving}),
        settings.current().minimum_group,
    )
    pending += [Carried(batch_id=batch.id, question=question) for question in sorted(decision.carried)]
    for carried in pending:
        if carried.question in decision.shown:
            carried.shown_in = batch.id
    session.add_all(pending)
    session.flush()
    return [(batch.id, given) for given in leaving]


def release(session: Session, place_id: int, new: BatchAnswers) -> int:
    """Move the answers of new batches of a point to the responses, and add them to the tallies, all at once:
    that takes a quarter of the time of one batch after another. Return how many they are."""
    if new:
        answers.release(session, [Leaving(place_id, given.id, batch_id) for batch_id, given in new])
        counting.add_batches(place_id, new)
    return len(new)


def _held(earlier: Sequence[Batch], pending: Sequence[Carried]) -> Mapping[str, Sequence[int]]:
    """Return, of each question that is carried, how many answered it in each batch since it was shown
    last."""
    first: dict[str, int] = {}
    for carried in pending:
        first.setdefault(carried.question, [batch.id for batch in earlier].index(carried.batch_id))
    return {
        question: [batch.answered.get(question, 0) for batch in earlier[since:]]
        for question, since in first.items()
    }


def _always(version_ids: Iterable[int]) -> frozenset[str]:
    """Return the questions that everybody has to answer in one of these versions."""
    definitions = [questionnaires.version_by_id(version_id).definition for version_id in version_ids]
    return frozenset(
        question.code
        for definition in definitions
        for question in definition.questions
        if question.required and question.show is None
    )
