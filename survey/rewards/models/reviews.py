"""Tables of takings that need a review before their points are spent."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Json, Model
from survey.people.models import Customer

from .campaigns import Campaign


class Review(Model):
    """A review of the pending points of one claim. ``evidence`` says why, as [sign, number] pairs, never an
    answer.

    The points go to the wallet when a user approves them, or on ``vests_on`` when nobody objects ("vested");
    voided, they go back to the budget. "erased": the customer deleted their wallet before. ``transfer_id`` is
    the transfer that took the points.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'approved', 'vested', 'void', 'erased')", name="state"),
        CheckConstraint("(state IN ('approved', 'void')) = (decided_by IS NOT NULL)", name="decided"),
    )

    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    points: Mapped[int]
    expires_on: Mapped[date]
    evidence: Mapped[list[Any]] = mapped_column(Json)
    taken_on: Mapped[date]
    vests_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="pending", index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_on: Mapped[date | None]

    customer: Mapped[Customer] = relationship()
    campaign: Mapped[Campaign] = relationship()


class DeviceDay(Model):
    """A day on which a device (a keyed hash of its cookie) took points into a wallet; kept for a week."""

    __tablename__ = "device_day"
    __table_args__ = {"sqlite_with_rowid": False}

    device: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
