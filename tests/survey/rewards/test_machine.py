"""A few histories of points; ``make soak`` runs 100,000 steps of them."""

from tests.conftest import empty
from tests.survey.rewards import machine


def test_whatever_happens_to_points_the_books_balance(embedded_app):
    machine.run(embedded_app, empty, examples=5, steps=30)
