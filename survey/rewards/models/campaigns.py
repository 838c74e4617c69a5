"""Tables of campaigns, which say what a response earns, when, and from which budget."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from survey.db import Json, Model

PURSES = 8
"""A budget is divided into so many purses, so that simultaneous responses do not wait for one lock."""


class Campaign(Model):
    """A campaign in which responses earn points from ``starts_on`` to ``ends_on``, while its budget lasts and
    it is not paused.

    ``committed`` are the points of claims that are open or taken, never more than ``budget``. Points that
    expired unclaimed or were voided go back to the budget. Its purses hold both numbers. A wallet takes at
    most ``daily_cap`` points a day (None: any number). Points taken are valid until the end of the month that
    is ``valid_months`` later. Doubtful points wait ``vesting_days`` for a review.
    """

    __tablename__ = "campaign"
    __table_args__ = (
        CheckConstraint("budget > 0", name="budget"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("daily_cap > 0", name="daily_cap"),
        CheckConstraint("valid_months BETWEEN 1 AND 120", name="valid_months"),
        CheckConstraint("vesting_days BETWEEN 1 AND 365", name="vesting_days"),
        Index("uq_campaign_made_with", "made_with", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[dict[str, str]] = mapped_column(Json)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    budget: Mapped[int]
    daily_cap: Mapped[int | None]
    valid_months: Mapped[int] = mapped_column(default=12)
    vesting_days: Mapped[int] = mapped_column(default=14)
    paused: Mapped[bool] = mapped_column(default=False, server_default=false())
    demonstration: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_with: Mapped[str | None] = mapped_column(String(100))
    """The form that made this campaign: sending the same form again is idempotent."""

    if TYPE_CHECKING:
        committed: Mapped[int]

    rates: Mapped[list["Rate"]] = relationship(
        back_populates="campaign", cascade="all, delete-orphan", order_by="Rate.id"
    )

    @property
    def left(self) -> int:
        """Return the points that can still be promised."""
        return self.budget - self.committed


class Purse(Model):
    """A part of a campaign's budget: ``committed`` of its ``allotted`` points are promised or taken. All
    purses' ``allotted`` add up to the budget; of ``committed`` only the sum over all purses has a meaning."""

    __tablename__ = "purse"
    __table_args__ = (
        CheckConstraint("committed <= allotted", name="allotted"),
        {"sqlite_with_rowid": False},
    )

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    allotted: Mapped[int]
    committed: Mapped[int] = mapped_column(default=0, server_default="0")


Campaign.committed = column_property(
    select(func.coalesce(func.sum(Purse.committed), 0))
    .where(Purse.campaign_id == Campaign.id)
    .correlate_except(Purse)
    .scalar_subquery()
)


class Rate(Model):
    """A rate of ``points`` for a response to a questionnaire (None: to any) by a channel ("": by any)."""

    __tablename__ = "rate"
    __table_args__ = (
        CheckConstraint("points BETWEEN 1 AND 10000", name="points"),
        # NULLs are distinct in a unique constraint, so that a unique rate needs two indexes.
        Index(
            "uq_rate_one",
            "campaign_id",
            "questionnaire_id",
            "channel",
            unique=True,
            sqlite_where=text("questionnaire_id IS NOT NULL"),
            postgresql_where=text("questionnaire_id IS NOT NULL"),
        ),
        Index(
            "uq_rate_any",
            "campaign_id",
            "channel",
            unique=True,
            sqlite_where=text("questionnaire_id IS NULL"),
            postgresql_where=text("questionnaire_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    questionnaire_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire.id"), index=True)
    channel: Mapped[str] = mapped_column(String(12), default="")
    points: Mapped[int]

    campaign: Mapped[Campaign] = relationship(back_populates="rates")
