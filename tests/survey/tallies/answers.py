"""Responses that wait to be counted, stored as a submission stores them."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta

from sqlalchemy import insert

from survey.db import db
from survey.places.models import Employee, Place
from survey.questionnaires.models import Version
from survey.questionnaires.rules.careless import find_signs
from survey.responses.models import Response, Waiting

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
    """Store responses with ``answers`` (five times ALIKE when there are none) about ``at`` on ``day``."""
    responses = [
        {
            "place_id": at.id,
            "id": uuid.uuid4(),
            "employee_id": served_by.id if served_by else None,
            "version_id": version.id,
            "day": day,
            "channel": channel,
            "locale": language,
            "answers": answer,
            "signs": find_signs(version.definition, answer, seconds).signs,
        }
        for answer in answers or (ALIKE,) * 5
    ]
    waiting = [{"place_id": response["place_id"], "response_id": response["id"]} for response in responses]
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.execute(insert(Response), responses)
        connection.execute(insert(Waiting), waiting)


def some(number: int, seed: int = 1) -> list[dict]:
    """Return ``number`` random answers, some of them partial."""
    chance = random.Random(seed)
    return [
        {code: chance.randint(1, 5) for code in RATINGS if chance.random() < 0.9}
        | ({"nps": chance.randint(0, 10)} if chance.random() < 0.8 else {})
        for _ in range(number)
    ]


def days(number: int, first: date = DAY) -> list[date]:
    return [first + timedelta(i) for i in range(number)]
