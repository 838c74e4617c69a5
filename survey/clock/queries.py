"""Queries of the newest day that the database knows."""

from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from survey.db import db

from .models import Clock


def newest() -> date | None:
    """Return the newest day, or None before any work was done."""
    return db.session.scalar(select(Clock.day))


def advance(session: Session, today: date) -> None:
    """Set the newest day to ``today``, unless it is later. Several workers may do so at once."""
    session.execute(
        text("INSERT INTO clock (id, day) VALUES (1, :day) ON CONFLICT (id) DO NOTHING"), {"day": today}
    )
    session.execute(text("UPDATE clock SET day = :day WHERE day < :day"), {"day": today})


def put(session: Session, today: date) -> None:
    """Set the newest day to ``today``, later or earlier."""
    row = session.get(Clock, 1)
    if row is None:
        session.add(Clock(id=1, day=today))
    else:
        row.day = today
