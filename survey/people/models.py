"""Staff who sign in, and what each role is for."""

import secrets
from datetime import date

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import db
from survey.places.models import Place

ROLES = ("administrator", "manager", "marketing", "auditor")


class Staff(UserMixin, db.Model):
    """Somebody who signs in. A manager sees ``place`` and what lies below; the others have no place.

    ``session_key`` is part of every session: changing it signs the person out everywhere.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint("role IN ('administrator', 'manager', 'marketing', 'auditor')", name="role"),
        CheckConstraint("(role = 'manager') = (place_id IS NOT NULL)", name="manager_has_place"),
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
