"""The use cases "retire" and "restore": a retired place takes no new responses and keeps the old."""

from datetime import date

from survey.refusal import N_, Refused
from survey.transaction import transaction

from . import queries
from .models import Employee, Place


def retire_place(place: Place, today: date) -> None:
    """Retire a place, all below it and their employees. Those retired earlier keep their day."""
    with transaction() as session:
        queries.one_at_a_time(session)
        if place.retired_on is None:
            queries.set_retired(session, place, before=None, after=today)


def restore_place(place: Place) -> None:
    """Restore a place and what was retired with it, on the same day. Raises Refused below a retired place."""
    with transaction() as session:
        queries.one_at_a_time(session)
        if place.retired_on is None:
            return
        if place.parent is not None and place.parent.retired_on is not None:
            raise Refused(N_("The parent unit is inactive. Reactivate it first."))
        queries.set_retired(session, place, before=place.retired_on, after=None)


def retire_employee(employee: Employee, today: date) -> None:
    """Retire an employee. One who is retired already keeps their day."""
    with transaction() as session:
        queries.one_at_a_time(session)
        employee.retired_on = employee.retired_on or today
        session.add(employee)


def restore_employee(employee: Employee) -> None:
    """Restore an employee. Raises Refused while their service point is retired."""
    with transaction() as session:
        queries.one_at_a_time(session)
        if employee.place.retired_on is not None:
            raise Refused(N_("This unit is inactive. Reactivate it first."))
        employee.retired_on = None
        session.add(employee)
