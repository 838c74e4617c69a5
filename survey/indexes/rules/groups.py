"""Whether a group of respondents contains another, or has nobody in common with it."""

from dataclasses import dataclass

from survey.periods import Period
from survey.tallies.rules.parts import EVERYBODY, Common
from survey.tallies.subject_key import ALL_EMPLOYEES


@dataclass(frozen=True)
class RespondentGroup:
    """The respondents who answered about a place (``employee_id`` 0) or about an employee there, in a period,
    and have ``only`` in common, such as a channel and a language."""

    place_id: int
    period: Period
    employee_id: int = ALL_EMPLOYEES
    only: Common = EVERYBODY


PathIds = tuple[int, ...]  # ids of the places from the root down to a place


def contains(
    outer: RespondentGroup, outer_path: PathIds, inner: RespondentGroup, inner_path: PathIds
) -> bool:
    """Return whether every respondent of ``inner`` is in ``outer``. The paths lead to their places."""
    same_subject = (
        outer.place_id in inner_path
        if outer.employee_id == ALL_EMPLOYEES
        else (outer.place_id, outer.employee_id) == (inner.place_id, inner.employee_id)
    )
    within_period = outer.period.first <= inner.period.first and inner.period.last <= outer.period.last
    return same_subject and within_period and outer.only.matches(inner.only)


def are_disjoint(
    first: RespondentGroup, first_path: PathIds, second: RespondentGroup, second_path: PathIds
) -> bool:
    """Return whether no respondent can be in both groups. The paths lead to their places."""
    other_places = first.place_id not in second_path and second.place_id not in first_path
    other_employees = first.employee_id != second.employee_id and ALL_EMPLOYEES not in (
        first.employee_id,
        second.employee_id,
    )
    other_days = first.period.last < second.period.first or second.period.last < first.period.first
    other_traits = any(a and b and a != b for a, b in zip(first.only, second.only, strict=True))
    return other_places or other_employees or other_days or other_traits
