"""The audit log: every act of staff, in order, as a hash chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Json, Model


class AuditLine(Model):
    """An act. Lines are appended, never changed: triggers refuse changes, and the chain reveals them.

    ``staff_id`` and ``role`` name the user; None and "command" for the command line. ``act`` is the act's
    name, ``subject`` its object, ``changes`` the values before and after, without personal data.
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
