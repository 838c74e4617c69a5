"""Lasting links: what a poster, a counter or an employee's badge shows."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model
from survey.places.models import Employee, Place
from survey.questionnaires.models import LimitColumns, Questionnaire


class Link(LimitColumns, Model):
    """An address at which customers answer one questionnaire about one service point (or employee at it).

    ``code`` is typed by hand from a poster: 8 characters that cannot be mistaken for each other.
    There is one link for each service point (or employee), questionnaire and channel: its QR code is printed,
    so it lasts. Campaigns (rewards/) decide how many points a response earns.
    """

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("place_id", "employee_id", "questionnaire_id", "channel"),
        # NULLs are distinct in the constraint above, so a service point's own link needs an index of its own.
        Index(
            "uq_link_place_own",
            "place_id",
            "questionnaire_id",
            "channel",
            unique=True,
            sqlite_where=text("employee_id IS NULL"),
            postgresql_where=text("employee_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    employee_id: Mapped[int | None] = mapped_column(ForeignKey("employee.id"), index=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12), default="qr")
    retired_on: Mapped[date | None]

    place: Mapped[Place] = relationship()
    employee: Mapped[Employee | None] = relationship()
    questionnaire: Mapped[Questionnaire] = relationship()

    @property
    def in_use(self) -> bool:
        """Return False once the link itself, its service point or its employee is retired."""
        employee_retired_on = self.employee.retired_on if self.employee else None
        return self.retired_on is None and self.place.retired_on is None and employee_retired_on is None
