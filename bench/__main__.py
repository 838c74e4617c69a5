"""make bench: a table of ratios and a JSON line."""

import json
import tempfile
from pathlib import Path

from . import answering
from .measure import Figure, table


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        figures: list[Figure] = answering.measure(Path(folder))
        print(table(figures))
    print(json.dumps([figure.as_dict() for figure in figures]))


if __name__ == "__main__":
    main()
