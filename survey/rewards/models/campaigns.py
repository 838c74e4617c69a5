"""Campaigns: what answering earns, for how long, and out of which budget."""

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, func, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from survey.db import Json, Model

PURSES = 8
"""Into which a budget is shared, so that those who hand in at once do not wait for each other."""


class Campaign(Model):
    """Points are earned from ``starts_on`` to ``ends_on``, as long as the budget lasts and it is not paused.

    ``committed`` are the points of claims that are open or taken: never more than ``budget``. What nobody
    took in time, and what was void, is given back to it. Both lie in purses. A wallet takes at most
    ``daily_cap`` points a day (None: any number). Points taken are valid until the end of the month that is
    ``valid_months`` later. ``vesting_days`` is for how long doubtful points wait for somebody to decide.
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
    """The form that it was made with: the same form sent again makes no second one."""

    if TYPE_CHECKING:
        committed: Mapped[int]

    rates: Mapped[list["Rate"]] = relationship(
        back_populates="campaign", cascade="all, delete-orphan", order_by="Rate.id"
    )

    @property
    def left(self) -> int:
        """Points that can still be promised."""
        return self.budget - self.committed


class Purse(Model):
    """A part of a campaign's budget: ``allotted`` of it, of which ``committed`` are promised or taken. The
    parts of all purses add up to the budget; only the sum of what they have committed means something."""

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
    """What one response earns: of a questionnaire (None: of any) by a channel ("": by any)."""

    __tablename__ = "rate"
    __table_args__ = (
        CheckConstraint("points BETWEEN 1 AND 10000", name="points"),
        # NULLs are distinct in a unique constraint: two indexes say that a rate is there once.
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
