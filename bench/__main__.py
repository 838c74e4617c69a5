"""``make bench``: print a table of ratios and a JSON line."""

import json
import os
import tempfile
from pathlib import Path

from . import answering, index_page, pages, points
from .measure import Figure, table


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        figures: list[Figure] = answering.measure(Path(folder))
        figures += points.measure(Path(folder))
        large = os.environ.get("BENCH_LARGE") == "1"
        figures += index_page.measure(Path(folder), large)
        print(table(figures))
        print("\nPages, and DuckDB scanning all responses for their figures:", flush=True)
        small = pages.load_instance(Path(folder) / "pages-small", 100_000)
        pages.compare(
            small, pages.load_instance(Path(folder) / "pages-large", 10_000_000 if large else 1_000_000)
        )
    print(json.dumps([figure.as_dict() for figure in figures]))


if __name__ == "__main__":
    main()
