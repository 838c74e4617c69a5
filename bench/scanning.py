"""The reference: DuckDB, which scans every response for the figures of a page."""

import statistics
import time

import duckdb
import numpy as np
from sqlalchemy import text

from survey.db import db

ASKED = ("quality", "effectiveness", "innovation", "value", "overall", "nps")
LOT = 500_000
JULIAN_1970 = 2_440_587.5
PAIRS = [(code, other) for i, code in enumerate(ASKED[:4]) for other in ASKED[:i]]
"""Pairs of questions whose covariances the interval of an index needs."""
BASE = 12
PACKED = " + ".join(
    f"{BASE**i} * coalesce(json_extract(answers, '$.{code}') + 1, 0)" for i, code in enumerate(ASKED)
)
READ = text(f"SELECT place_id, julianday(day), {PACKED} FROM response")
"""The answers are packed into one number, since Python has to pass them on."""
FIGURES = ", ".join(
    [
        "count(*)",
        *(f"count({code}), avg({code}), var_samp({code})" for code in ASKED[:5]),
        *(f"regr_count({code}, {other}), covar_samp({code}, {other})" for code, other in PAIRS),
        "count(*) FILTER (nps >= 9), count(*) FILTER (nps <= 6), count(nps)",
        "count(*) FILTER (overall >= 4)",
    ]
)
SCANS = {
    "figures of every service point, three months": f"SELECT place_id, {FIGURES} FROM response"
    " WHERE day BETWEEN ? - INTERVAL 3 MONTH AND ? GROUP BY place_id",
    "figures of every service point, all time": f"SELECT place_id, {FIGURES} FROM response GROUP BY place_id",
    "the company's figures, month by month": f"SELECT date_trunc('month', day), {FIGURES} FROM response"
    " GROUP BY 1",
}


class Scan:
    """The responses in memory as DuckDB's own columns: numbers, which need no parsing."""

    def __init__(self) -> None:
        """Copy the responses of the application's database."""
        self.target = duckdb.connect()
        codes = ", ".join(f"{code} TINYINT" for code in ASKED)
        self.target.execute(f"CREATE TABLE response (place_id INTEGER, day DATE, {codes})")
        values = ", ".join(f"nullif(packed::BIGINT // {BASE**i} % {BASE}, 0) - 1" for i in range(len(ASKED)))
        day = f"DATE '1970-01-01' + (day - {JULIAN_1970})::INTEGER"
        rows = db.session.execute(READ, execution_options={"stream_results": True})
        for lot in rows.partitions(LOT):
            columns = np.array([tuple(row) for row in lot], float).T
            place, days, packed = (np.ascontiguousarray(column) for column in columns)
            self.target.register("lot", {"place": place, "day": days, "packed": packed})
            self.target.execute(f"INSERT INTO response SELECT place, {day}, {values} FROM lot")
        [(self.last,)] = self.target.execute("SELECT max(day) FROM response").fetchall()

    def seconds(self, times: int) -> dict[str, float]:
        """Return the median seconds of each scan out of ``times``, on as many threads as there are cores."""
        medians = {}
        for what, statement in SCANS.items():
            parameters = [self.last] * statement.count("?")
            runs = []
            for _ in range(times):
                begun = time.perf_counter()
                self.target.execute(statement, parameters).fetchall()
                runs.append(time.perf_counter() - begun)
            medians[what] = statistics.median(runs)
        return medians
