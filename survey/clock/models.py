"""The table of the newest day that the database knows."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Model


class Clock(Model):
    """The newest day on which due work was done, in the only row."""

    __tablename__ = "clock"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
