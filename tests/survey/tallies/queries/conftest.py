from __future__ import annotations

import pytest
from flask import Flask
from survey.tallies.queries.waiting import Queue

from tests import factories
from tests.survey.tallies.answers import ALIKE, give


@pytest.fixture
def queues(app: Flask):
    """Return four queues: 5 responses wait at the first point, 6 at the second about an employee and 4 about
    the point itself, and 3 at the third."""
    version = factories.version()
    points = [factories.place() for _ in range(3)]
    employee = factories.employee(points[1])
    give(points[0], version)
    give(points[1], version, *[ALIKE] * 6, served_by=employee)
    give(points[1], version, *[ALIKE] * 4)
    give(points[2], version, *[ALIKE] * 3)
    return [
        Queue(points[0].id, 0, version.id),
        Queue(points[1].id, employee.id, version.id),
        Queue(points[1].id, 0, version.id),
        Queue(points[2].id, 0, version.id),
    ]
