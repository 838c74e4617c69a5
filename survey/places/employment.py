"""The use cases of an employee: change, transfer to another service point, delete."""

from survey.refusal import N_, Refused
from survey.transaction import transaction

from . import queries
from .layout import HAS_ANSWERS, refuse_if_kept
from .models import Employee, Place
from .rules.naming import check_code, checked_name


def change(employee: Employee, code: str, name: str) -> None:
    """Rename an employee. Raises Refused for a new code once there are responses about them."""
    with transaction() as session:
        queries.one_at_a_time(session)
        if code != employee.code:
            check_code(code)
            if queries.employee(code) is not None:
                raise Refused(N_("Another employee already has the number %(code)s."), code=code)
            if queries.referring(employee) & queries.ANSWERS:
                raise Refused(N_("The code can no longer be changed: there are responses under it."))
        employee.code, employee.name = code, checked_name(name)
        session.add(employee)


def transfer(employee: Employee, to: Place) -> None:
    """Move an employee to the service point ``to``. Earlier responses stay where they were given."""
    with transaction() as session:
        queries.one_at_a_time(session)
        if to.kind != "point":
            raise Refused(N_("Employees must belong to a service point."))
        if to.retired_on is not None:
            raise Refused(N_("This unit is inactive. Reactivate it first."))
        employee.place_id = to.id
        session.add(employee)


def delete(employee: Employee) -> None:
    """Delete an employee whom nothing refers to. Raises Refused, saying what does."""
    with transaction() as session:
        queries.one_at_a_time(session)
        refuse_if_kept(queries.referring(employee))
        if not queries.remove(session, employee):
            raise Refused(HAS_ANSWERS)
