"""A small company, and whoever enters its pages."""

from __future__ import annotations

import pytest

from tests import factories


@pytest.fixture
def company(embedded_app):
    top = factories.place("group", code="TOP")
    east, west = (factories.place("region", top, code) for code in ("EAST", "WEST"))
    point, other = factories.place("point", east, "P1"), factories.place("point", west, "P2")
    factories.employee(point, "E1")
    factories.employee(other, "E2")
    return {"TOP": top, "EAST": east, "WEST": west, "P1": point, "P2": other}


@pytest.fixture
def enter(embedded_app, sign_in, company):
    def as_(role):
        return sign_in(
            embedded_app.test_client(), factories.staff(role, company["EAST"] if role == "manager" else None)
        )

    return as_
