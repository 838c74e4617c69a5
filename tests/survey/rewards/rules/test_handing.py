from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta

import pytest

from survey.refusal import Refused
from survey.rewards.rules.handing import HandedOutElsewhere, check, check_undo
from tests.factories import NOON

DAY = date(2026, 11, 23)


def test_a_reservation_is_valid_on_its_last_day():
    check("reserved", DAY, DAY)


@pytest.mark.parametrize(
    ("state", "today", "why"),
    [
        ("reserved", date(2026, 11, 24), "expired on 2026-11-23"),
        ("expired", DAY, "expired on 2026-11-23"),
        ("fulfilled", DAY, "has been used"),
        ("fulfilled", date(2026, 11, 24), "has been used"),
        ("cancelled", DAY, "has cancelled"),
    ],
)
def test_each_refusal_has_its_sentence(state, today, why):
    with pytest.raises(Refused, match=why):
        check(state, DAY, today)


@pytest.mark.parametrize(
    ("by", "after", "why"),
    [
        (8, timedelta(0), "Only the person who handed it out can undo this."),
        (None, timedelta(0), "Only the person who handed it out can undo this."),
        (7, timedelta(minutes=11), "ten minutes"),
    ],
)
def test_only_a_recent_handover_of_the_same_user_can_be_undone(by: int | None, after: timedelta, why: str):
    done: datetime = NOON
    check_undo(7, done, 7, done + timedelta(minutes=10))
    with pytest.raises(Refused, match=why):
        check_undo(by, done, 7, done + after)


def test_the_refusal_elsewhere_can_be_pickled():
    unpickled = pickle.loads(pickle.dumps(HandedOutElsewhere("东区", "East")))
    assert (str(unpickled), unpickled.place_en) == ("This must be handed out at 东区, not here.", "East")
