"""Lasting links: what a poster, a counter or an employee's badge shows."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db
from survey.places.models import Employee, Place
from survey.questionnaires.models import Questionnaire


class Link(db.Model):
    """An address at which customers answer one questionnaire about one service point (or employee at it).

    ``code`` is typed by hand from a poster: 8 characters that cannot be mistaken for each other.
    ``points`` are earned by each response (0: none) within ``campaign``.
    """

    __tablename__ = "link"
    __table_args__ = (CheckConstraint("points >= 0", name="points"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12), default="qr")
    points: Mapped[int] = mapped_column(default=0)
    campaign: Mapped[str] = mapped_column(String(64), default="")
    retired_on: Mapped[date | None]

    place: Mapped[Place] = relationship()
    employee: Mapped[Employee | None] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()
