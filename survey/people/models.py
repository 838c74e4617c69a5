"""Staff who sign in, and what each role is for; customers who have a wallet, and how they are known again."""

import secrets
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model
from survey.places.models import Place

ROLES = ("administrator", "manager", "marketing", "counter", "auditor")
PLACED = ("manager", "counter")
"""Roles that are for a part of the tree."""


class Staff(UserMixin, Model):
    """Somebody who signs in. A manager sees ``place`` and what lies below, somebody at a counter hands out
    rewards there; the others have no place.

    ``session_key`` is part of every session: changing it signs the person out everywhere.
    """

    __tablename__ = "staff"
    __table_args__ = (
        # A tuple of strings reads as an SQL list.
        CheckConstraint(f"role IN {ROLES}", name="role"),
        CheckConstraint(f"(role IN {PLACED}) = (place_id IS NOT NULL)", name="has_place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    locale: Mapped[str | None] = mapped_column(String(20))
    session_key: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_urlsafe(16))
    retired_on: Mapped[date | None]
    demonstration: Mapped[bool] = mapped_column(default=False)

    place: Mapped[Place | None] = relationship()

    @property
    def is_active(self) -> bool:
        return self.retired_on is None

    def get_id(self) -> str:
        return f"{self.id}.{self.session_key}"

    def sign_out_everywhere(self) -> None:
        self.session_key = secrets.token_urlsafe(16)


class Customer(Model):
    """Somebody who has a wallet. ``number`` is what she and marketing call it; it tells nothing.

    Once ``erased_on`` is set nothing leads to a person any more, and the books keep their sums.
    ``session_key`` is part of every session of hers, as it is with staff.
    """

    __tablename__ = "customer"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(12), unique=True)
    session_key: Mapped[str] = mapped_column(String(32), default=lambda: secrets.token_urlsafe(16))
    joined_on: Mapped[date]
    erased_on: Mapped[date | None]
    demonstration: Mapped[bool] = mapped_column(default=False)

    def sign_out_everywhere(self) -> None:
        self.session_key = secrets.token_urlsafe(16)


class Identity(Model):
    """What a customer is known by again: a telephone number or a WeChat openid.

    ``blind`` is its keyed index (survey/sealing.py), ``sealed`` the value itself.
    """

    __tablename__ = "identity"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'openid')", name="kind"),
        {"sqlite_with_rowid": False},
    )

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    blind: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Insider(Model):
    """A telephone number or openid of somebody who works here, and so earns no points. Only its blind index
    is kept. ``staff_id`` is whose it is, None when it was only listed."""

    __tablename__ = "insider"
    __table_args__ = (
        CheckConstraint("kind IN ('phone', 'openid')", name="kind"),
        {"sqlite_with_rowid": False},
    )

    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    blind: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    added_on: Mapped[date]


class OneTimeCode(Model):
    """The code that was last sent to a telephone number, until it is used, too old or tried too often.

    ``blind`` is the number's keyed index; of the code only a keyed hash is kept. ``spent_by`` is a keyed hash
    of the device that used it: if the reply was lost, it may send the code again. Times are UTC.
    """

    __tablename__ = "one_time_code"
    __table_args__ = {"sqlite_with_rowid": False}

    blind: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    tries_left: Mapped[int]
    spent_by: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class CodeCount(Model):
    """How many codes somebody asked for in a span of time. ``blind`` is the keyed index of a telephone
    number, a device or an address with the length of the span. Times are UTC; kept until the span is over."""

    __tablename__ = "code_count"
    __table_args__ = {"sqlite_with_rowid": False}

    blind: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    begins_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
