"""The server and its worker live and die together. With real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from survey.serving import is_free, supervise, web_server

ROOT = Path(__file__).resolve().parents[2]
# A process with a child of its own; both write their numbers down.
FAMILY = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "a").write(f"{os.getpid()} {child.pid} ")
time.sleep(float(sys.argv[2]))
sys.exit(int(sys.argv[3]))
"""
SUPERVISOR = """
import sys
from survey.serving import supervise
family, book = sys.argv[1:]
sys.exit(supervise({name: [sys.executable, "-c", family, book, "60", "0"] for name in ("first", "second")}))
"""


def family(book: Path, seconds: float = 60, code: int = 0) -> list[str]:
    return [sys.executable, "-c", FAMILY, str(book), str(seconds), str(code)]


def wait_until(true, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


def numbers(book: Path) -> list[int]:
    return [int(number) for number in book.read_text().split()] if book.exists() else []


def lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_when_one_ends_the_other_is_stopped_and_the_exit_code_says_so(tmp_path, capfd):
    book = tmp_path / "book"
    code = supervise({"brief": family(book, 0.5, 3), "lasting": family(book)})
    assert code == 3
    assert "The brief ended by itself (exit code 3)" in capfd.readouterr().err
    assert len(numbers(book)) == 4
    wait_until(lambda: not any(map(lives, numbers(book))))


def test_ending_without_an_error_is_an_error_of_the_whole(tmp_path):
    assert supervise({"brief": family(tmp_path / "book", 0, 0)}) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_and_leaves_no_orphan(tmp_path, number):
    book = tmp_path / "book"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, FAMILY, str(book)], cwd=ROOT)
    wait_until(lambda: len(numbers(book)) == 4)
    supervisor.send_signal(number)
    assert supervisor.wait(20) == 0
    wait_until(lambda: not any(map(lives, numbers(book))))


def test_a_command_that_can_not_start_leaves_nothing_running(tmp_path):
    book = tmp_path / "book"
    with pytest.raises(FileNotFoundError):
        supervise({"first": family(book), "second": [str(tmp_path / "missing")]})
    assert not any(map(lives, numbers(book)))


def test_a_taken_port_is_said_in_words(embedded_app):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        result = embedded_app.test_cli_runner().invoke(args=["serve", "--port", str(port)])
    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 is taken" in result.output
    assert is_free("127.0.0.1", port)


def test_the_web_server_has_two_workers_of_one_thread():
    line = " ".join(web_server("127.0.0.1", 8000))
    assert "--workers=2 --blocking-threads=1" in line
    assert "--factory wsgi:create_app" in line
