"""The table of claims: points that were earned and do not belong to a wallet yet."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from survey.db import Model

from .campaigns import Campaign


class Claim(Model):
    """A claim to points that the holder of its code may take until ``expires_on``.

    Only a hash of the code is kept, and neither a service point nor a time: nothing leads to a response.
    ``doubt`` is the sign for which its points need a review before they are spent (rules/doubts.py), "" none.
    """

    __tablename__ = "claim"
    __table_args__ = (
        CheckConstraint("points > 0", name="points"),
        CheckConstraint("state IN ('open', 'taken', 'expired', 'void')", name="state"),
        Index(
            "ix_claim_open",
            "expires_on",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        {"sqlite_with_rowid": False},
    )

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    points: Mapped[int]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    expires_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(10), default="open")
    doubt: Mapped[str] = mapped_column(String(12), default="", server_default="")

    campaign: Mapped[Campaign] = relationship()
