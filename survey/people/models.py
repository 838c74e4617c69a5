"""Staff and their roles; customers and their identities; insiders; one-time codes."""

import secrets
from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model
from survey.places.models import Place

ROLES = ("administrator", "manager", "marketing", "counter", "auditor")
PLACED = ("manager", "counter")
"""Roles that are limited to a part of the tree."""


class Staff(UserMixin, Model):
    """A user. Managers see ``place`` and all below, counter staff hand out rewards there; others have none.

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
    """A person who has a wallet. ``number`` names it to them and to marketing, and is random.

    Once ``erased_on`` is set nothing identifies the person, and the ledger keeps its sums.
    ``session_key`` is part of each of their sessions, as it is for staff.
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
    """A telephone number or a WeChat openid by which a customer signs in.

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
    """A telephone number or openid of a person who works here, and so earns no points.

    Only its blind index is stored. ``staff_id`` is its user, None when it was only put on the list.
    """

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
    """The number of codes requested in a span of time, for rate limits.

    ``blind`` is the keyed index of a telephone number, a device or an address with the length of the span.
    Times are UTC; a row is deleted after its span.
    """

    __tablename__ = "code_count"
    __table_args__ = {"sqlite_with_rowid": False}

    blind: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    begins_at: Mapped[datetime] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
