"""The table of target values of figures, by place and month."""

from datetime import date

from sqlalchemy import CheckConstraint, Double, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from survey.db import Model


class Target(Model):
    """The target of a figure of a place in a month; places below inherit it, unless they have their own.

    ``questionnaire_id`` is 0 for all questionnaires. ``figure`` is a name of
    survey/indexes/rules/figure_names.py; ``month`` is its first day; ``value`` is in the unit of the figure.
    """

    __tablename__ = "target"
    __table_args__ = (
        CheckConstraint("value BETWEEN -100 AND 100", name="value"),
        {"sqlite_with_rowid": False},
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figure: Mapped[str] = mapped_column(String(60), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[float] = mapped_column(Double)
