"""Tables of what points buy: coupons, discounts and gifts."""

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Json, Model, Uuid16
from survey.places.models import Place


class Reward(Model):
    """A reward that a customer gets for ``price`` points from ``starts_on`` to ``ends_on`` (None: for good).

    "uploaded": a partner's coupon whose codes marketing uploaded; it belongs to the customer at once.
    "generated": a coupon with a code of ours. "discount": ``amount_off`` fen or ``percent_off`` per cent off
    a purchase of ``minimum_spend`` fen or more. "gift": an article from the stock of a service point.
    ``remaining`` is how many of a generated coupon or a discount are left (None: any number); of gifts it is
    in Stock, of uploaded codes in CouponCode. A reward is handed out at service points of the unit ``place``
    (None: of the company), within ``hold_days`` after it was reserved.
    """

    __tablename__ = "reward"
    __table_args__ = (
        CheckConstraint("kind IN ('uploaded', 'generated', 'discount', 'gift')", name="kind"),
        CheckConstraint("price BETWEEN 1 AND 1000000", name="price"),
        CheckConstraint("remaining >= 0", name="remaining"),
        CheckConstraint("per_wallet > 0", name="per_wallet"),
        CheckConstraint("hold_days BETWEEN 1 AND 365", name="hold_days"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("minimum_spend >= 0", name="minimum_spend"),
        CheckConstraint("amount_off > 0", name="amount_off"),
        CheckConstraint("percent_off BETWEEN 1 AND 100", name="percent_off"),
        CheckConstraint(
            "(kind = 'discount') = ((amount_off IS NULL) <> (percent_off IS NULL))", name="discount"
        ),
        Index("uq_reward_made_with", "made_with", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[dict[str, str]] = mapped_column(Json)
    description: Mapped[dict[str, str]] = mapped_column(Json)
    picture_id: Mapped[str | None] = mapped_column(ForeignKey("picture.digest"))
    price: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    per_wallet: Mapped[int | None]
    remaining: Mapped[int | None]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    hold_days: Mapped[int] = mapped_column(default=30)
    amount_off: Mapped[int | None]
    percent_off: Mapped[int | None]
    minimum_spend: Mapped[int | None]
    withdrawn_on: Mapped[date | None]
    demonstration: Mapped[bool] = mapped_column(default=False, server_default=false())
    made_with: Mapped[str | None] = mapped_column(String(100))
    """The form that made this reward: sending the same form again is idempotent."""

    place: Mapped[Place | None] = relationship()


class Stock(Model):
    """A stock of a gift at a service point: ``remaining`` are left to promise. ``stocked`` were ever put
    there, less corrections, so that it equals the sum of remaining, reserved and handed-out gifts."""

    __tablename__ = "stock"
    __table_args__ = (CheckConstraint("remaining >= 0", name="remaining"), {"sqlite_with_rowid": False})

    reward_id: Mapped[int] = mapped_column(ForeignKey("reward.id"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    remaining: Mapped[int]
    stocked: Mapped[int] = mapped_column(default=0, server_default="0")


class CouponCode(Model):
    """A partner's coupon code. ``sealed`` is the encrypted code, ``blind`` its keyed index; ``redemption_id``
    names the only redemption that has it."""

    __tablename__ = "coupon_code"
    __table_args__ = (
        UniqueConstraint("reward_id", "blind"),
        # A redemption looks for the first free code.
        Index(
            "ix_coupon_code_free",
            "reward_id",
            "id",
            sqlite_where=text("redemption_id IS NULL"),
            postgresql_where=text("redemption_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reward_id: Mapped[int] = mapped_column(ForeignKey("reward.id"))
    blind: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    redemption_id: Mapped[uuid.UUID | None] = mapped_column(Uuid16, ForeignKey("redemption.id"), unique=True)


class Picture(Model):
    """A picture of a reward, redrawn from an uploaded file. ``digest`` is its SHA-256 in hex."""

    __tablename__ = "picture"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(LargeBinary)
