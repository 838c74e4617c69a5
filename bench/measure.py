"""Figures, and the table that shows them."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from .load import Outcome, drive_in_process
from .server import Server

SECONDS = 4.0
WARM_UP = 0.5


@dataclass(frozen=True)
class Figure:
    """A measured figure.

    ``rate`` is in requests per second; ``cpu``, the server's processor time per request, and the latencies
    ``p50`` and ``p99`` are in microseconds. ``ratio`` is the rate divided by that of the figure ``beside``.
    """

    name: str
    rate: float
    p50: float
    p99: float
    cpu: float
    beside: str = ""
    ratio: float | None = None
    goal: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def drive(
    name: str,
    server: Server,
    requests: Sequence[bytes],
    status: bytes = b"200",
    repeat: bool = True,
    beside: Figure | None = None,
    goal: str = "",
) -> Figure:
    """Return the figure of ``requests`` to ``server`` after a warm-up. Raises RuntimeError when a reply has
    another status."""
    warm = max(1, len(requests) // 20)
    drive_in_process(server.port, requests[:warm], WARM_UP, status, repeat)
    before = server.cpu_seconds()
    outcome = drive_in_process(server.port, requests if repeat else requests[warm:], SECONDS, status, repeat)
    used = server.cpu_seconds() - before
    if outcome.wrong or not outcome.latencies:
        raise RuntimeError(f"{name}: {outcome.wrong} of {outcome.wrong + len(outcome.latencies)} went wrong")
    return figure(name, outcome, used, beside, goal)


def figure(name: str, outcome: Outcome, used: float, beside: Figure | None, goal: str) -> Figure:
    count = len(outcome.latencies)
    rate = count / outcome.seconds
    cuts = statistics.quantiles(outcome.latencies, n=100)
    return Figure(
        name=name,
        rate=round(rate, 1),
        p50=round(cuts[49] * 1e6),
        p99=round(cuts[98] * 1e6),
        cpu=round(used / count * 1e6),
        beside=beside.name if beside else "",
        ratio=round(rate / beside.rate, 2) if beside else None,
        goal=goal,
    )


def table(figures: Sequence[Figure]) -> str:
    head = "| what | requests/s | p50 ms | p99 ms | CPU µs/request | ratio | goal |"
    rule = "|---|--:|--:|--:|--:|--:|---|"
    lines = [
        f"| {f.name} | {f.rate:,.0f} | {f.p50 / 1000:.2f} | {f.p99 / 1000:.2f} | {f.cpu:,} |"
        f" {'' if f.ratio is None else f'{f.ratio:.2f} × {f.beside}'} | {f.goal} |"
        for f in figures
    ]
    return "\n".join([head, rule, *lines])
