"""Responses: what customers answered, without who they are."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, SmallInteger, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Json, Model, Uuid16


class AnswerColumns:
    """What one customer answered, complete at birth and never changed.

    ``id`` is the submission's random id: tables are stored by it, so their order does not reveal the time.
    ``answers`` maps question codes to a number or a text; unanswered questions are absent.
    ``signs`` are those of a careless response (questionnaires/rules/careless.py), None where it was not
    checked. No column leads to an invitation, a claim or a person, and none keeps a time of day, nor how
    long the customer took.
    """

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(Uuid16, primary_key=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    day: Mapped[date]
    channel: Mapped[str] = mapped_column(String(12))
    locale: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    signs: Mapped[int | None] = mapped_column(SmallInteger)


class Response(AnswerColumns, Model):
    """One customer's answers, released with those of ``batch_id``.

    All of a batch are written in one transaction, in the order of their ids: so neither rows nor pages nor
    the numbers of transactions tell which of them came first, or beside whose points.
    """

    __tablename__ = "response"
    __table_args__ = (Index("ix_response_batch", "batch_id"), {"sqlite_with_rowid": False})

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))


class Waiting(AnswerColumns, Model):
    """One customer's answers that are not released yet: they are here whole, until their batch closes.

    ``queue_id`` is the queue in whose reserve they are held back; of others it follows from the answers.
    ``imported``: they were given elsewhere, and came in a file.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        Index(
            "ix_waiting_imported",
            "place_id",
            "version_id",
            sqlite_where=text("imported"),
            postgresql_where=text("imported"),
        ),
        {"sqlite_with_rowid": False},
    )

    queue_id: Mapped[int | None] = mapped_column(ForeignKey("queue.id"))
    imported: Mapped[bool] = mapped_column(default=False, server_default=false())


class Contact(Model):
    """The name and number of a customer who asked to be called back, apart from their response.

    Customers give them knowingly. A contact shares no key with a response, only the service point and the
    week (``week`` is its Monday). Name and telephone number are sealed (see survey/sealing.py).
    """

    __tablename__ = "contact"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[uuid.UUID] = mapped_column(Uuid16, primary_key=True, default=uuid.uuid4)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"))
    week: Mapped[date]
    name: Mapped[bytes] = mapped_column(LargeBinary)
    phone: Mapped[bytes] = mapped_column(LargeBinary)
    done_on: Mapped[date | None]
