"""Benchmark pages on two databases, small and large, beside DuckDB scanning all responses.

``python -m bench.pages SMALL LARGE``: folders of instances that hold the demonstration (``flask demo load``).
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import event, func, select

import wsgi
from survey.db import db
from survey.demo import loading
from survey.people.models import Staff
from survey.places.models import Employee, Place
from survey.responses.models import Response
from survey.settings import Settings

from .answering import SECRET, application
from .scanning import Scan

TIMES = 7
PAGES = {
    "company": "/admin/indexes/",
    "company, 12 months": "/admin/indexes/?period=12-months",
    "company, other dates": "/admin/indexes/?period=custom&from={first}&to={last}",
    "60 points ranked": "/admin/indexes/DEMO?by=point",
    "all employees ranked": "/admin/indexes/DEMO?by=employee&period=12-months",
    "region": "/admin/indexes/DEMO-E",
    "service point": "/admin/indexes/{point}",
    "employee": "/admin/indexes/employees/{employee}",
    "one language": "/admin/indexes/DEMO?by=point&language=en",
    "drivers": "/admin/indexes/drivers/DEMO",
    "comparison": "/admin/indexes/comparison/DEMO",
    "comments, company": "/admin/indexes/comments/DEMO",
    "comments, region": "/admin/indexes/comments/DEMO-E",
    "comments, point": "/admin/indexes/comments/{point}",
    "comments, a word": "/admin/indexes/comments/{point}?q=态度",
    "targets": "/admin/targets/",
    "targets of a place": "/admin/targets/DEMO",
    "report": "/admin/reports/DEMO/",
    "export": "/admin/exports/",
    "questionnaires": "/admin/questionnaires/",
    "links": "/admin/links/",
    "places": "/admin/places/",
}


class Timing(NamedTuple):
    """Milliseconds of elapsed time, processor time and time in the database, and the number of statements."""

    clock: float
    processor: float
    database: float
    statements: int


def main() -> None:
    compare(Path(sys.argv[1]), Path(sys.argv[2]))


def load_instance(folder: Path, number: int) -> Path:
    """Create an instance in ``folder`` with ``number`` invented responses, and print how long that took."""
    folder.mkdir()
    begun = time.perf_counter(), time.process_time()
    with application(f"sqlite:///{folder}/huiyin.db", folder) as app:
        loading.load(number, app.config["SETTINGS"].today(), False, lambda _responses: None)
    seconds, used = time.perf_counter() - begun[0], time.process_time() - begun[1]
    print(f"{number:,} responses loaded in {seconds:.0f} s, {used:.0f} s of the processor", flush=True)
    return folder


def compare(smaller: Path, larger: Path) -> None:
    """Print the timings of the pages of two instances."""
    small, large = measure(smaller), measure(larger)
    print("\n| page | ms | processor ms | statements' ms | statements | beside the small one |")
    print("|---|--:|--:|--:|--:|--:|")
    for name, timing in large.items():
        ratio = timing.processor / small[name].processor
        print(
            f"| {name} | {timing.clock:.0f} | {timing.processor:.0f} | {timing.database:.1f}"
            f" | {timing.statements} | {ratio:.2f} × |"
        )


def measure(folder: Path) -> dict[str, Timing]:
    """Return the timing of every page; print the database's size and DuckDB's time for the same figures."""
    url = f"sqlite:///{folder}/huiyin.db"
    app = wsgi.create_app(Settings(instance=folder, secret_key=SECRET, database_url=url, log_level="WARNING"))
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(Response)) or 0
        print(f"{folder}: {number:,} responses; {weight(number):.0f} bytes each", flush=True)
        names = _names(app)
        timings = _pages(app, names)
        for what, seconds in Scan().seconds(TIMES).items():
            print(f"DuckDB, {what}: {seconds * 1000:.0f} ms", flush=True)
    return timings


def weight(number: int) -> float:
    """Return the bytes on disk per response of the whole database, with indexes and tallies."""
    with db.engine.connect() as connection:
        pages, free, size = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * size / number


def _names(app: Flask) -> dict[str, Any]:
    today = app.config["SETTINGS"].today()
    point = db.session.scalars(select(Place).filter_by(kind="point", demonstration=True).order_by(Place.id))
    employee = db.session.scalars(select(Employee).order_by(Employee.id))
    return {
        "point": point.first().code,  # type: ignore[union-attr]
        "employee": employee.first().code,  # type: ignore[union-attr]
        "first": today.replace(year=today.year - 1, day=15),
        "last": today.replace(day=10),
    }


def _pages(app: Flask, names: dict[str, Any]) -> dict[str, Timing]:
    client = app.test_client()
    staff = db.session.scalars(select(Staff).filter_by(username="admin")).one().get_id()
    with client.session_transaction() as session:
        session.update(_user_id=staff, _fresh=True)
    return {name: _time_page(partial(client.get, path.format(**names))) for name, path in PAGES.items()}


def _time_page(get: Callable[[], Any]) -> Timing:
    """Return the median timing of TIMES requests, after one that is not measured."""
    spent: list[float] = []

    def begin(connection: Any, *_: Any) -> None:
        connection.info["begun"] = time.perf_counter()

    def end(connection: Any, *_: Any) -> None:
        spent.append(time.perf_counter() - connection.info["begun"])

    event.listen(db.engine, "before_cursor_execute", begin)
    event.listen(db.engine, "after_cursor_execute", end)
    assert get().status_code == 200
    runs: list[Timing] = []
    for _ in range(TIMES):
        spent.clear()
        clock, processor = time.perf_counter(), time.process_time()
        get()
        elapsed = time.perf_counter() - clock, time.process_time() - processor, sum(spent)
        runs.append(Timing(*(1000 * seconds for seconds in elapsed), len(spent)))
    event.remove(db.engine, "before_cursor_execute", begin)
    event.remove(db.engine, "after_cursor_execute", end)
    return _median(runs)


def _median(runs: Sequence[Timing]) -> Timing:
    return Timing(*(statistics.median(column) for column in zip(*runs, strict=True)))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
