"""Two groups of respondents: whether one holds the other, or they have nobody in common."""

from dataclasses import dataclass

from survey.periods import Period
from survey.tallies.rules.parts import EVERYBODY, Common
from survey.tallies.subject_key import ALL_EMPLOYEES


@dataclass(frozen=True)
class RespondentGroup:
    """Who answered about a place (``employee_id`` 0) or about an employee there, in a period, by a channel
    and in a language ("" for any)."""

    place_id: int
    period: Period
    employee_id: int = ALL_EMPLOYEES
    only: Common = EVERYBODY


Way = tuple[int, ...]  # ids of places from the root down to one


def holds(one: RespondentGroup, way: Way, other: RespondentGroup, other_way: Way) -> bool:
    """Return whether everybody of the other is in ``one``. The ways lead to their places."""
    about = (
        one.place_id in other_way
        if one.employee_id == ALL_EMPLOYEES
        else (one.place_id, one.employee_id) == (other.place_id, other.employee_id)
    )
    during = one.period.first <= other.period.first and other.period.last <= one.period.last
    return about and during and one.only.matches(other.only)


def apart(one: RespondentGroup, way: Way, other: RespondentGroup, other_way: Way) -> bool:
    """Return whether nobody can be in both."""
    elsewhere = one.place_id not in other_way and other.place_id not in way
    served = one.employee_id != other.employee_id and ALL_EMPLOYEES not in (
        one.employee_id,
        other.employee_id,
    )
    then = one.period.last < other.period.first or other.period.last < one.period.first
    differently = any(a and b and a != b for a, b in zip(one.only, other.only, strict=True))
    return elsewhere or served or then or differently
