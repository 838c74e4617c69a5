"""Tests of a few histories of points; ``make soak`` runs 100,000 steps."""

from tests.conftest import empty
from tests.survey.rewards import machine


def test_the_ledger_balances_after_any_sequence_of_steps(embedded_app):
    machine.run(embedded_app, empty, examples=5, steps=30)
