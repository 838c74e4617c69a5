"""Uniting batches that hold too few, as a part of a use case's transaction.

Nothing is cut anew, for pieces that are cut anew could be held against the old ones by somebody who saw both.
"""

from survey.batches import queries
from survey.batches.models import Batch, Carried
from survey.batches.rules.neighbours import unite
from survey.transaction import Session

from .queries import answers


def unite_small(session: Session, place_id: int, least: int) -> None:
    """Unite batches of a point that hold fewer than ``least`` with their neighbours of the same queue."""
    by_queue: dict[int, list[Batch]] = {}
    for batch in queries.batches_at(session, place_id):
        by_queue.setdefault(batch.queue_id, []).append(batch)
    for batches in by_queue.values():
        targets = unite([batch.n for batch in batches], least)
        for batch, target in zip(batches, targets, strict=True):
            if batch is not batches[target]:
                _join(session, place_id, batch, batches[target])


def _join(session: Session, place_id: int, batch: Batch, larger: Batch) -> None:
    """Make a batch a part of another, and what was shown together with either be shown together."""
    larger.n += batch.n
    larger.answered = {
        question: larger.answered.get(question, 0) + batch.answered.get(question, 0)
        for question in {**larger.answered, **batch.answered}
    }
    carried = queries.carried_at(session, place_id)
    for question in sorted({carried_answers.question for carried_answers in carried}):
        _join_carried(
            session,
            batch,
            larger,
            [carried_answers for carried_answers in carried if carried_answers.question == question],
        )
    answers.give_to(session, place_id, batch.id, larger.id)
    session.flush()
    session.delete(batch)
    session.flush()


def _join_carried(session: Session, batch: Batch, larger: Batch, carried: list[Carried]) -> None:
    """Let the answers to one question that were shown with either batch, or carried by either, be shown with
    the last of the batches with which they were; with none where some are not shown yet."""
    by_batch = {carried_answers.batch_id: carried_answers for carried_answers in carried}
    shown = {
        by_batch[member.id].shown_in if member.id in by_batch else member.id for member in (batch, larger)
    }
    shown = {larger.id if batch_id == batch.id else batch_id for batch_id in shown}
    last = (
        None
        if None in shown
        else max(carried_answers for carried_answers in shown if carried_answers is not None)
    )
    for carried_answers in carried:
        if carried_answers.shown_in == batch.id or carried_answers.shown_in in shown:
            carried_answers.shown_in = last
    mine, theirs = by_batch.get(batch.id), by_batch.get(larger.id)
    if mine is not None:
        session.delete(mine)
    if last != larger.id and theirs is None:
        session.add(Carried(batch_id=larger.id, question=carried[0].question, shown_in=last))
