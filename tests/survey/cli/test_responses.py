"""The command that imports answers, as the administrator types it."""

import os
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import current_app

from survey.answering.queries import Submission
from survey.answering.submission import hand_in
from survey.db import db
from survey.responses.models import Response, Waiting
from tests import factories
from tests.processes import at_once
from tests.survey.responses.test_importing import HEADER, MAPPING, rows_everywhere

ROOT = Path(__file__).resolve().parents[3]
GOOD = "A,2026-05-01,9,4,好"
SLOWEST = 15.0  # seconds: the busy timeout, past which a customer would see an error


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    return tmp_path


@pytest.fixture
def flask(folder):
    """Runs the command on a file with these lines; asserts its exit code."""

    def run(*lines: str, options: tuple[str, ...] = (), code: int = 0, content: bytes | None = None):
        path = folder / "answers.csv"
        path.write_bytes("\n".join((HEADER, *lines, "")).encode() if content is None else content)
        return command(path, folder / "mapping.toml", *options, code=code)

    return run


def command(path: Path, mapping: Path, *options: str, code: int = 0):
    arguments = ["responses", "import", str(path), "--mapping", str(mapping), *options]
    result = current_app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == code, result.output
    return result


def response_count() -> int:
    db.session.rollback()
    """Return how many responses there are, those that wait included."""
    counts = (db.select(db.func.count()).select_from(table) for table in (Response, Waiting))
    return sum(db.session.scalar(count) for count in counts)


def test_a_summary_says_what_was_done(app, flask):
    result = flask(GOOD, "B,2026-05-02,11,Blank,", "B,2026-05-02,3,,")
    assert result.stdout.splitlines() == [
        "3 rows: 2 answered, 1 without any answer, 0 bad and skipped whole.",
        "Made the group, 2 service points, the questionnaire.",
        "2 new, 0 already there.",
    ]
    assert result.stderr == ""
    again = flask(GOOD, "B,2026-05-02,11,Blank,", "B,2026-05-02,3,,")
    assert again.stdout.splitlines()[1:] == ["0 new, 2 already there."]


def test_what_is_imported_is_released_at_once_where_twenty_are_together(embedded_app, flask):
    flask(*[GOOD] * 19, *[GOOD.replace("A,", "B,")] * 20)
    assert (rows_everywhere()["waiting"], rows_everywhere()["response"]) == (19, 20)
    assert rows_everywhere()["tally"] > 0
    flask(GOOD.replace("05-01", "05-02"))
    assert "waiting" not in rows_everywhere()
    assert rows_everywhere()["response"] == 40


def test_files_are_released_by_a_larger_group_where_that_is_set(embedded_app, flask, monkeypatch):
    stricter = replace(embedded_app.config["SETTINGS"], minimum_group=30)
    monkeypatch.setitem(embedded_app.config, "SETTINGS", stricter)
    flask(*[GOOD] * 29)
    assert "response" not in rows_everywhere()
    flask(GOOD.replace("05-01", "05-02"))
    assert rows_everywhere()["response"] == 30


def test_a_dry_run_writes_nothing(app, flask):
    result = flask(GOOD, options=("--dry-run",))
    assert result.stdout.splitlines() == [
        "1 rows: 1 answered, 0 without any answer, 0 bad and skipped whole.",
        "Would make the group, 1 service points, the questionnaire.",
        "1 would be new, 0 already there.",
        "Dry run: nothing is written.",
    ]
    assert rows_everywhere() == {}


def test_bad_rows_are_told_and_nothing_is_written(app, flask):
    result = flask(GOOD, '"A",2026-05-01,9,4,"two', 'lines"', "A,2026-05-01,12,4,", "A,x,9,7,", code=1)
    assert result.stderr.splitlines() == [
        'line 5, column recommend: "12" not in range',
        'line 6, column all: "7" not in range',
        'line 6, column day: "x" is no date (YYYY-MM-DD) from 1900 to tomorrow',
        "Error: 2 of 4 rows are bad. Nothing is written.",
    ]
    assert result.stdout == ""
    assert rows_everywhere() == {}


def test_bad_rows_are_left_out_when_told_so(app, flask):
    result = flask(GOOD, "B,2026-05-01,12,4,", options=("--skip-bad",))
    assert result.stderr == 'line 3, column recommend: "12" not in range\n'
    assert result.stdout.splitlines() == [
        "2 rows: 1 answered, 0 without any answer, 1 bad and skipped whole.",
        "Made the group, 1 service points, the questionnaire.",
        "1 new, 0 already there.",
    ]
    assert response_count() == 1


def test_a_dry_run_tells_bad_rows_too(app, flask):
    flask(GOOD, "B,2026-05-01,12,4,", options=("--dry-run",), code=1)
    result = flask(GOOD, "B,2026-05-01,12,4,", options=("--dry-run", "--skip-bad"))
    assert "1 would be new" in result.stdout
    assert rows_everywhere() == {}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('parent = "CO"', 'parent = "CO"\ncolour = "red"', "colour"),
        ("scale = 5", "scale = 5\nscales = 5", "scales"),
    ]
    + [
        ('"{day}"', template, told)
        for template, told in (
            ('"{day.__class__}"', "only plain column names"),
            ('"{day[0]}"', "only plain column names"),
            ('"{day!r}"', "no conversions"),
            ('"{day:>99999999}"', "only fill, alignment"),
            ('"{day:{said}}"', "only fill, alignment"),
            ('"{}"', "names no column"),
            ('"{"', "Single '{'"),
            ('"{nowhere}"', 'no column "nowhere"'),
        )
    ]
    + [('kind = "nps"', 'kind = "stars"', "kind"), ("[place]", "[place", "not TOML")],
)
def test_a_mapping_that_is_not_understood_is_refused(embedded_app, flask, folder, old, new, told):
    (folder / "mapping.toml").write_text(MAPPING.replace(old, new, 1))
    result = flask(GOOD, code=1)
    assert result.stderr.startswith("Error: ")
    assert told in result.stderr
    assert result.stderr.endswith("Nothing is written.\n")
    assert rows_everywhere() == {}


def test_a_mapping_that_is_not_utf8_is_refused(embedded_app, flask, folder):
    (folder / "mapping.toml").write_bytes(b'questionnaire = "\xff"')
    assert "mapping.toml is not UTF-8" in flask(GOOD, code=1).stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (f"{HEADER}\n{GOOD}\n".encode("utf-16"), "UTF-16"),
        (f"{HEADER}\n".encode() + b"A,2026-05-01,9,4,\xff\xff\n", "neither UTF-8 nor GB 18030"),
        (b"PK\x03\x04 a workbook", "workbook"),
        (f"{HEADER}\n{GOOD}\n".replace(",", ";").encode(), 'no column "recommend"'),
        (f'{HEADER}\n{GOOD}\nA,2026-05-01,9,4,"open\n'.encode(), "not readable as CSV"),
        (b"", 'no column "recommend"'),
        (HEADER.encode() + b"\nA\0,2026-05-01,9,4,\n", "A"),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused(embedded_app, flask, content, told):
    assert told in flask(content=content, code=1).stderr
    assert rows_everywhere() == {}


def test_files_that_are_missing_are_wrong_usage(embedded_app, folder):
    (folder / "answers.csv").write_text(f"{HEADER}\n{GOOD}\n")
    there, mapping, nowhere = folder / "answers.csv", folder / "mapping.toml", folder / "nowhere"
    for arguments in ((nowhere, mapping), (there, nowhere)):
        assert "does not exist" in command(*arguments, code=2).stderr
    for arguments in ((folder, mapping), (there, folder)):
        assert "is a directory" in command(*arguments, code=2).stderr
    assert "No such option" in command(there, mapping, "--colour", code=2).stderr
    result = embedded_app.test_cli_runner().invoke(args=["responses", "import", str(there)])
    assert (result.exit_code, "--mapping" in result.stderr) == (2, True)


def test_an_import_that_was_killed_is_finished_by_running_it_again(app, folder, instance):
    path = folder / "answers.csv"
    lines = (f"AREA{n % 30},2026-05-{n % 28 + 1:02},{n % 11},{n % 5 + 1}," for n in range(60_000))
    path.write_text("\n".join((HEADER, *lines, "")))
    settings = app.config["SETTINGS"]
    environment = os.environ | {
        "DATABASE_URL": settings.database_url,
        "INSTANCE_DIR": str(instance),
        "SECRET_KEY": settings.secret_key,
    }
    words = ["responses", "import", str(path), "--mapping", str(folder / "mapping.toml")]
    with subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words], cwd=ROOT, env=environment
    ) as process:
        deadline = time.monotonic() + 180
        while not response_count():
            assert process.poll() is None, "it ended before anything was seen"
            assert time.monotonic() < deadline, "it took too long"
            time.sleep(0.01)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    there = response_count()
    assert 0 < there < 60_000
    result = command(path, folder / "mapping.toml")
    assert f"{60_000 - there:,} new, {there:,} already there." in result.stdout
    assert response_count() == 60_000
    assert app.test_cli_runner().invoke(args=["tallies", "verify"]).exit_code == 0


def import_large(path: str, mapping: str, done: str) -> str:
    try:
        return command(Path(path), Path(mapping)).stdout
    finally:
        Path(done).touch()


def keep_handing_in(place_id: int, version_id: int, done: str) -> tuple[int, float]:
    """How many were handed in until ``done`` was there, and the slowest's seconds."""
    number, slowest = 0, 0.0
    while not Path(done).exists():
        began = time.monotonic()
        assert hand_in(
            Submission(
                place_id, uuid.uuid4(), None, version_id, date(2026, 11, 23), "qr", "en", {"quality": 4},
                None, 0, 0, date(2026, 12, 23),
            )
        )  # fmt: skip
        slowest = max(slowest, time.monotonic() - began)
        number += 1
        time.sleep(0.02)
    return number, slowest


def test_customers_hand_in_while_a_large_file_is_imported(embedded_app, folder, record_property):
    point, version = factories.place(), factories.version()
    path, done = folder / "answers.csv", folder / "done"
    lines = (f"AREA{n % 7},2026-05-{n % 28 + 1:02},{n % 11},{n % 5 + 1}," for n in range(40_000))
    path.write_text("\n".join((HEADER, *lines, "")))
    results = at_once(
        embedded_app.config["SETTINGS"],
        run_one,
        [
            (import_large, str(path), str(folder / "mapping.toml"), str(done)),
            (keep_handing_in, point.id, version.id, str(done)),
        ],
    )
    failures = [result for result in results if isinstance(result, Exception)]
    assert failures == []
    [(handed_in, slowest)] = [result for result in results if isinstance(result, tuple)]
    [summary] = [result for result in results if isinstance(result, str)]
    print(f"{handed_in} handed in during the import, the slowest in {slowest:.2f} s")
    record_property("slowest hand-in, s", round(slowest, 3))
    assert "40,000 new, 0 already there." in summary
    assert slowest < SLOWEST
    assert response_count() == 40_000 + handed_in
    assert embedded_app.test_cli_runner().invoke(args=["tallies", "verify"]).exit_code == 0


def run_one(work, *arguments):
    return work(*arguments)
