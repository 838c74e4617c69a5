"""Tables of the ledger: accounts, and transfers between them whose entries sum to zero."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model
from survey.people.models import Customer, Staff

from .campaigns import Campaign

COMPANYS = ("issued", "redeemed", "expired", "adjustments")
CUSTOMERS = ("wallet", "pending", "held")


class Account(Model):
    """An account of points of one campaign: the company's own, or a customer's of one date of expiry.

    The company's are "issued" (below zero: all points come from there), "redeemed", "expired" and
    "adjustments". A customer's are their "wallet", "pending" until a review of how the points were earned, or
    "held" for a reward that they have reserved. ``balance`` is a snapshot of the account's entries.
    """

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('issued', 'redeemed', 'expired', 'adjustments', 'wallet', 'pending', 'held')",
            name="kind",
        ),
        CheckConstraint("(kind IN ('wallet', 'pending', 'held')) = (customer_id IS NOT NULL)", name="owner"),
        CheckConstraint("(customer_id IS NULL) = (expires_on IS NULL)", name="expiry"),
        CheckConstraint("customer_id IS NULL OR balance >= 0", name="balance"),
        Index(
            "uq_account_company",
            "campaign_id",
            "kind",
            unique=True,
            sqlite_where=text("customer_id IS NULL"),
            postgresql_where=text("customer_id IS NULL"),
        ),
        Index(
            "uq_account_customer",
            "customer_id",
            "kind",
            "expires_on",
            "campaign_id",
            unique=True,
            sqlite_where=text("customer_id IS NOT NULL"),
            postgresql_where=text("customer_id IS NOT NULL"),
        ),
        # Expiring points looks for the earliest day among wallets that are not empty.
        Index(
            "ix_account_expiring",
            "expires_on",
            sqlite_where=text("kind = 'wallet' AND balance > 0"),
            postgresql_where=text("kind = 'wallet' AND balance > 0"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    expires_on: Mapped[date | None]
    balance: Mapped[int] = mapped_column(BigInteger, default=0)


class Transfer(Model):
    """A movement of points, which is never changed. It is unique for a ``source`` (what it was made for) and
    a ``reason``; another transfer that ``reverses`` it corrects a mistake. It has a day and no time of
    day."""

    __tablename__ = "transfer"
    __table_args__ = (
        UniqueConstraint("reason", "source"),
        CheckConstraint(
            "reason IN ('claim', 'vest', 'void', 'hold', 'release', 'redeem', 'undo', 'expire', 'adjust',"
            " 'erase')",
            name="reason",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(80))
    day: Mapped[date] = mapped_column(index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("transfer.id"), unique=True)


class Entry(Model):
    """An entry that a transfer adds to an account (below zero: takes from it); it is never changed."""

    __tablename__ = "entry"
    __table_args__ = (CheckConstraint("amount <> 0", name="amount"), {"sqlite_with_rowid": False})

    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)
    amount: Mapped[int] = mapped_column(BigInteger)

    transfer: Mapped[Transfer] = relationship()
    account: Mapped[Account] = relationship()


class Adjustment(Model):
    """An adjustment of points in a wallet by hand: one person requests it, another decides.

    With a ``reverses_id`` it reverses the adjustment with this id, entry by entry.
    """

    __tablename__ = "adjustment"
    __table_args__ = (
        CheckConstraint("points <> 0 AND points BETWEEN -1000000 AND 1000000", name="points"),
        CheckConstraint("state IN ('requested', 'approved', 'refused')", name="state"),
        CheckConstraint("(state = 'requested') = (decided_by IS NULL)", name="decided"),
        CheckConstraint("decided_by <> requested_by", name="two_people"),
        Index("uq_adjustment_made_with", "made_with", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(10), default="requested", index=True)
    requested_by: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    requested_on: Mapped[date]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    decided_on: Mapped[date | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("adjustment.id"))
    made_with: Mapped[str | None] = mapped_column(String(100))
    """The form that requested this adjustment: sending the same form again is idempotent."""

    customer: Mapped[Customer] = relationship()
    campaign: Mapped[Campaign] = relationship()
    requester: Mapped[Staff] = relationship(foreign_keys=[requested_by])
    decider: Mapped[Staff | None] = relationship(foreign_keys=[decided_by])
