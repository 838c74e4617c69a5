"""An answer, stored as plainly as can be: what it says matters to no test here."""

import uuid

import pytest

from survey.places.models import Employee, Place
from survey.responses.models import Waiting
from survey.transaction import transaction
from tests import factories


@pytest.fixture
def answer():
    def give(place: Place, employee: Employee | None = None) -> None:
        version = factories.version()
        with transaction() as session:
            session.add(
                Waiting(
                    place_id=place.id,
                    id=uuid.uuid4(),
                    employee_id=employee.id if employee else None,
                    version_id=version.id,
                    day=factories.PUBLISHED_ON,
                    channel="qr",
                    locale="zh_Hans_CN",
                    answers={"overall": 5},
                )
            )

    return give
