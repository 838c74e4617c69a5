"""make bench: a table of ratios and a JSON line."""

import json
import os
import tempfile
from pathlib import Path

from . import answering, index_page
from .measure import Figure, table


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        figures: list[Figure] = answering.measure(Path(folder))
        figures += index_page.measure(Path(folder), large=os.environ.get("BENCH_LARGE") == "1")
        print(table(figures))
    print(json.dumps([figure.as_dict() for figure in figures]))


if __name__ == "__main__":
    main()
