"""Benchmark the command that exports responses: time, memory and file size. Run by ``make bench-exports``.

``python -m bench.exports 1000000 [FOLDER]``: a folder that was filled before is reused.
"""

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

from survey.db import dumps
from survey.responses import queries
from survey.responses.export import FORMATS
from survey.responses.queries import BulkRow
from survey.tallies.history import release_files
from survey.transaction import transaction
from tests import factories

from .answering import SECRET, application
from .index_page import CHUNK, responses

SIZE = 1_000_000
COMMENTS = ("等了二十分钟,其余都好", "师傅很专业,讲解清楚,下次还来", "Queue too long", "“满意”\n谢谢!😀")
SLUG = "service-satisfaction"


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        folder.mkdir(exist_ok=True)
        if not (folder / "huiyin.db").exists():
            fill(folder, size)
        print("| format | what | seconds | CPU seconds | peak RSS MB | file MB |\n|---|---|--:|--:|--:|--:|")
        for form in FORMATS:
            for what, option in (("complete", []), ("as pages show", ["--public"])):
                seconds, used, peak, length = export(folder, form, option)
                print(f"| {form} | {what} | {seconds:.1f} | {used:.1f} | {peak} | {length:.1f} |", flush=True)


def fill(folder: Path, size: int) -> None:
    """Store ``size`` responses at 60 points over a year, a third of them with a comment, and release
    them."""
    with application(f"sqlite:///{folder}/huiyin.db", folder) as app:
        _group, _regions, points = factories.company(regions=3, points=20)
        rows = with_comments(
            responses([p.id for p in points], factories.version(SLUG).id, size, app.config["SETTINGS"])
        )
        while chunk := list(islice(rows, CHUNK)):
            with transaction() as session:
                queries.begin_bulk(session)
                queries.add_bulk(session, chunk)
                queries.end_bulk(session)
        release_files()


def with_comments(rows: Iterator[BulkRow]) -> Iterator[BulkRow]:
    chance = random.Random(4)
    for *rest, answers, signs in rows:
        if chance.random() < 1 / 3:
            answers = dumps(json.loads(answers) | {"comment": chance.choice(COMMENTS)})
        yield (*rest, answers, signs)  # type: ignore[misc]


def export(folder: Path, form: str, options: list[str]) -> tuple[float, float, int, float]:
    """Return (seconds, processor seconds, peak memory in MB, file size in MB) of the whole command."""
    target = folder / f"exported-{form}"
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "responses", "export", SLUG]
    command += ["--format", form, "-o", str(target), *options]
    environment = {**os.environ, "INSTANCE_DIR": str(folder), "SECRET_KEY": SECRET, "DATABASE_URL": ""}
    begun = time.perf_counter()
    process = psutil.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    peak, used = 0, 0.0
    while process.poll() is None:
        with contextlib.suppress(psutil.Error):
            peak = max(peak, process.memory_info().rss)
            used = sum(process.cpu_times()[:2])
        time.sleep(0.05)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    length = target.stat().st_size / 1e6
    target.unlink()
    return seconds, used, peak // 1_000_000, length


if __name__ == "__main__":
    main()
