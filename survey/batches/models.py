"""Queues of answers that wait, and the batches in which they were released."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Json, Model
from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire

from .rules.calendar import Terms
from .rules.carrying import Answered
from .rules.classes import Class


class Queue(Model):
    """The answers to one questionnaire at one service point that are released together.

    The common queue of a point takes what no other takes; its class is empty (``employee_id`` None, the
    others ""). A queue of a class takes the answers of days from ``since`` to before ``ended_on`` whose
    employee, channel, language and care are those that it names (rules/classes.py).

    The batch that is open began on ``opens_on`` and closes on ``closes_on``: it takes answers of earlier
    days, if ``floor`` or more would leave; ``reserve`` is how many are held back, ``rate`` the answers a day
    by which all of this was fixed when the batch opened (rules/calendar.py). An administrator opens the
    common queue of a point; the answers a day that they ``expected`` (0: they did not say) stand in for the
    past as long as there is none. ``imported`` queues hold what was given elsewhere and brought in files;
    they close when a file is read.
    """

    __tablename__ = "queue"
    __table_args__ = (
        CheckConstraint("closes_on > opens_on", name="closing"),
        CheckConstraint("floor > 0 AND reserve >= 0 AND rate >= 0", name="terms"),
        Index(
            "uq_queue_open",
            "place_id",
            "questionnaire_id",
            "employee_id",
            "channel",
            "language",
            "care",
            "imported",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index(  # no two NULLs are equal in the index above
            "uq_queue_open_by_nobody",
            "place_id",
            "questionnaire_id",
            "channel",
            "language",
            "care",
            "imported",
            unique=True,
            sqlite_where=text("ended_on IS NULL AND employee_id IS NULL"),
            postgresql_where=text("ended_on IS NULL AND employee_id IS NULL"),
        ),
        Index(
            "ix_queue_due",
            "closes_on",
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id))
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey(Questionnaire.id))
    employee_id: Mapped[int | None] = mapped_column(ForeignKey(Employee.id))
    channel: Mapped[str] = mapped_column(String(12), default="")
    language: Mapped[str] = mapped_column(String(12), default="")
    care: Mapped[str] = mapped_column(String(12), default="")
    imported: Mapped[bool] = mapped_column(default=False, server_default=false())
    since: Mapped[date]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    floor: Mapped[int]
    reserve: Mapped[int]
    rate: Mapped[float] = mapped_column(default=0.0)
    expected: Mapped[float] = mapped_column(default=0.0)
    ended_on: Mapped[date | None]

    @classmethod
    def of_class(cls, place_id: int, questionnaire_id: int, answer_class: Class, since: date) -> "Queue":
        """Return a queue for a class of answers, whose terms are still to be set."""
        return cls(
            place_id=place_id,
            questionnaire_id=questionnaire_id,
            employee_id=answer_class.employee_id or None,
            channel=answer_class.channel,
            language=answer_class.language,
            care=answer_class.care,
            since=since,
        )

    @property
    def of(self) -> Class:
        """What its answers have in common."""
        return Class(self.employee_id or 0, self.channel, self.language, self.care)

    def set_terms(self, terms: Terms) -> None:
        """Open its next batch."""
        self.opens_on, self.closes_on = terms.opens_on, terms.closes_on
        self.floor, self.reserve, self.rate = terms.floor, terms.reserve, terms.rate


class Batch(Model):
    """Answers of one queue that were released together: ``n`` of them, on ``closed_on``.

    What it holds never changes; a batch may only become a part of a larger one.
    """

    __tablename__ = "batch"
    __table_args__ = (CheckConstraint("n > 0", name="n"), Index("ix_batch_queue", "queue_id", "closed_on"))

    id: Mapped[int] = mapped_column(primary_key=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey(Queue.id))
    closed_on: Mapped[date]
    n: Mapped[int]
    answered: Mapped[dict[str, int]] = mapped_column(Json)
    """How many answered each question, by code."""

    def as_answered(self) -> Answered:
        return Answered(self.n, self.answered)


class Carried(Model):
    """Answers to a question that too few of a batch gave: they are shown with a later batch, ``shown_in``
    (None: not yet)."""

    __tablename__ = "carried"
    __table_args__ = ({"sqlite_with_rowid": False},)

    batch_id: Mapped[int] = mapped_column(ForeignKey(Batch.id), primary_key=True)
    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    shown_in: Mapped[int | None] = mapped_column(ForeignKey(Batch.id), index=True)


class Arrival(Model):
    """How many answers a point got on a day, by questionnaire and class: the past that fixes when later
    batches close. Kept for as long as calendar.rate() looks back."""

    __tablename__ = "arrival"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id), primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey(Questionnaire.id), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    channel: Mapped[str] = mapped_column(String(12), primary_key=True)
    language: Mapped[str] = mapped_column(String(12), primary_key=True)
    care: Mapped[str] = mapped_column(String(12), primary_key=True)
    n: Mapped[int]
