"""Claims: points that were earned and are not yet anybody's."""

from datetime import date

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import db


class Claim(db.Model):
    """Points that whoever shows the code may take until ``expires_on``.

    Only a hash of the code is kept, and neither a service point nor a time: nothing leads to a response.
    """

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("state IN ('open', 'taken', 'expired')", name="state"),
        {"sqlite_with_rowid": False},
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    points: Mapped[int]
    campaign: Mapped[str] = mapped_column(String(64), default="")
    expires_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="open")
