"""Responses that wait to be counted, as handing one in leaves them."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta

from sqlalchemy import insert, update

from survey import settings
from survey.db import db
from survey.places.models import Employee, Place
from survey.questionnaires.models import Version
from survey.questionnaires.rules.careless import find_signs
from survey.responses.models import Waiting
from survey.tallies.history import release_files

DAY = date(2026, 11, 2)
RATINGS = ("quality", "effectiveness", "innovation", "value", "overall")
ALIKE = dict.fromkeys(RATINGS, 4) | {"nps": 9, "comment": "好"}


def give(
    at: Place,
    version: Version,
    *answers: dict,
    day: date = DAY,
    served_by: Employee | None = None,
    channel: str = "qr",
    language: str = "zh",
    seconds: float | None = None,
) -> None:
    """Hands in ``answers`` (ALIKE when none are given, five times) about ``at`` on ``day``."""
    rows = [
        {
            "place_id": at.id,
            "id": uuid.uuid4(),
            "employee_id": served_by.id if served_by else None,
            "version_id": version.id,
            "day": day,
            "channel": channel,
            "locale": language,
            "answers": given,
            "signs": find_signs(version.definition, given, seconds).signs,
        }
        for given in answers or (ALIKE,) * 5
    ]
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(insert(Waiting), rows)


def release_all() -> int:
    """Release all that waits, as if it had come in a file: by month, and where k are together."""
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(update(Waiting).values(imported=True, queue_id=None))
    return release_files(settings.current().minimum_group)


def some(number: int, seed: int = 1) -> list[dict]:
    """``number`` different answers, some of them partial."""
    chance = random.Random(seed)
    return [
        {code: chance.randint(1, 5) for code in RATINGS if chance.random() < 0.9}
        | ({"nps": chance.randint(0, 10)} if chance.random() < 0.8 else {})
        for _ in range(number)
    ]


def days(number: int, first: date = DAY) -> list[date]:
    return [first + timedelta(i) for i in range(number)]
