"""The audit log: every act of staff, in order, each line sealed by the one before it."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Json, Model


class AuditLine(Model):
    """Who did what to what. Appended, never changed: triggers refuse it, and the chain shows it.

    ``staff_id`` and ``role`` are whose act it was; None and "command" for the command line. ``act`` is what
    was done, ``subject`` to what, ``changes`` the values before and after, without personal data.
    ``digest`` is the SHA-256 of the line and of ``previous``, the digest of the line before. ``at`` is UTC.
    """

    __tablename__ = "audit_line"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    staff_id: Mapped[int | None] = mapped_column(index=True)
    role: Mapped[str] = mapped_column(String(20))
    act: Mapped[str] = mapped_column(String(80), index=True)
    subject: Mapped[dict[str, Any]] = mapped_column(Json)
    changes: Mapped[list[Any]] = mapped_column(Json)
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
