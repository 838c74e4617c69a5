"""The table of redemptions: rewards that customers reserved, and their states."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model, Uuid16
from survey.people.models import Customer
from survey.places.models import Place

from .catalogue import Reward


class Redemption(Model):
    """A redemption of a reward: reserved → fulfilled | cancelled | expired. While it is reserved, its points
    are held and its stock is taken.

    ``id`` comes with the form, so that a repeat is idempotent. ``sealed`` is the encrypted code that the
    customer shows, ``blind`` its keyed index. ``place`` is where they collect a gift, None where any counter
    will do. ``fulfilled_at`` (UTC), ``fulfilled_by`` and ``fulfilled_place_id`` say who handed it out where;
    an uploaded coupon is fulfilled by nobody. ``undone`` counts how often handing out was undone.
    """

    __tablename__ = "redemption"
    __table_args__ = (
        CheckConstraint("state IN ('reserved', 'fulfilled', 'cancelled', 'expired')", name="state"),
        CheckConstraint("price > 0", name="price"),
        CheckConstraint("(state = 'fulfilled') = (fulfilled_at IS NOT NULL)", name="fulfilled"),
        # The pages of rewards count what is reserved and handed out of each.
        Index("ix_redemption_reward", "reward_id", "state"),
        # Expiry looks for reservations whose time is over.
        Index(
            "ix_redemption_reserved",
            "expires_on",
            sqlite_where=text("state = 'reserved'"),
            postgresql_where=text("state = 'reserved'"),
        ),
        # The counter page lists what its user handed out just now.
        Index("ix_redemption_fulfilled", "fulfilled_by", "fulfilled_at"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[uuid.UUID] = mapped_column(Uuid16, primary_key=True)
    blind: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    reward_id: Mapped[int] = mapped_column(ForeignKey("reward.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    price: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="reserved")
    reserved_on: Mapped[date]
    expires_on: Mapped[date]
    fulfilled_at: Mapped[datetime | None]
    fulfilled_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    fulfilled_place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    undone: Mapped[int] = mapped_column(default=0, server_default="0")

    customer: Mapped[Customer] = relationship()
    reward: Mapped[Reward] = relationship()
    place: Mapped[Place | None] = relationship(foreign_keys=[place_id])
