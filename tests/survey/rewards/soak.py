"""The soak test runs a hundred thousand steps of tests/survey/rewards/machine.py in about an hour.

``make soak`` runs it."""

import os

from tests.conftest import empty
from tests.survey.rewards import machine

STEPS = 100


def test_a_hundred_thousand_steps(embedded_app):
    machine.run(
        embedded_app, empty, examples=int(os.environ.get("SOAK_STEPS", "100000")) // STEPS, steps=STEPS
    )
