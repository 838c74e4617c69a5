"""Responses: what customers answered, without who they are."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Json, Model, Uuid16


class Response(Model):
    """One customer's answers, complete at birth and never changed.

    ``id`` is the submission's random id: the table is stored by it, so its order does not reveal the time.
    ``answers`` maps question codes to a number or a text; unanswered questions are absent.
    ``signs`` are those of a careless response (questionnaires/rules/careless.py), None where it was not
    checked. No column leads to an invitation, a claim or a person, and none keeps a time of day, nor how
    long the customer took.
    """

    __tablename__ = "response"
    __table_args__ = {"sqlite_with_rowid": False}

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(Uuid16, primary_key=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    day: Mapped[date]
    channel: Mapped[str] = mapped_column(String(12))
    locale: Mapped[str] = mapped_column(String(12))
    answers: Mapped[dict[str, Any]] = mapped_column(Json)
    signs: Mapped[int | None] = mapped_column(SmallInteger)


class Waiting(Model):
    """A response that is not yet in the tallies; written with it, removed when its counts are added."""

    __tablename__ = "waiting"
    __table_args__ = (
        ForeignKeyConstraint(["place_id", "response_id"], ["response.place_id", "response.id"]),
        {"sqlite_with_rowid": False},
    )

    place_id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[uuid.UUID] = mapped_column(Uuid16, primary_key=True)


class Late(Model):
    """A response that is shown as of a later month than its own.

    Answers are shown together with the k respondents that it took to show them (see tallies/folding.py):
    where these came in two months, all count in the later one. ``month`` is its first day.
    """

    __tablename__ = "late"
    __table_args__ = (
        ForeignKeyConstraint(["place_id", "response_id"], ["response.place_id", "response.id"]),
        {"sqlite_with_rowid": False},
    )

    place_id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[uuid.UUID] = mapped_column(Uuid16, primary_key=True)
    month: Mapped[date]


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
