"""The server and its worker live and die together. With real processes."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import wsgi
from survey import serving
from survey.serving import is_free, supervise, web_server, worker

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
command = [sys.executable, "-c", *sys.argv[1:]]
sys.exit(supervise({"first": command, "second": command}))
"""


# Runs for a while the first time and leaves a child behind; can not run the second time.
BRIEFLY = """
import os, subprocess, sys, time
again = os.path.exists(sys.argv[1])
open(sys.argv[1], "a").write(f"{os.getpid()} ")
if again: sys.exit(3)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "a").write(f"{child.pid} ")
time.sleep(0.5)
os.kill(os.getpid(), 9)
"""
# Hears no signal while it starts, as a forked web worker does not.
DEAF = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "a").write(f"{os.getpid()} ")
time.sleep(1)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
time.sleep(60)
"""


def family(book: Path, seconds: float = 300, code: int = 0) -> list[str]:
    return [sys.executable, "-c", FAMILY, str(book), str(seconds), str(code)]


def wait_until(true, seconds: float = 90) -> None:
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


def test_when_a_process_ends_the_other_is_stopped_and_its_exit_code_is_returned(tmp_path, capfd):
    book = tmp_path / "book"
    code = supervise({"brief": family(book, 0.5, 3), "lasting": family(book)})
    assert code == 3
    assert "The brief ended by itself (exit code 3)" in capfd.readouterr().err
    assert len(numbers(book)) == 4
    wait_until(lambda: not any(map(lives, numbers(book))))


def test_a_killed_process_is_restarted_and_leaves_no_child_behind(tmp_path, capfd, monkeypatch):
    monkeypatch.setattr(serving, "STEADY", 0.3)
    book = tmp_path / "book"
    assert supervise({"brief": [sys.executable, "-c", BRIEFLY, str(book)]}) == 3
    said = capfd.readouterr().err
    assert "The brief ended by itself (exit code -9); starting it anew" in said
    assert "The brief ended by itself (exit code 3); stopping all" in said
    assert len(numbers(book)) == 3
    wait_until(lambda: not any(map(lives, numbers(book))))


def test_a_process_that_ignored_the_signal_gets_it_again(tmp_path):
    book = tmp_path / "book"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, DEAF, str(book)], cwd=ROOT)
    wait_until(lambda: len(numbers(book)) == 2)
    began = time.monotonic()
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(90) == 0
    assert 0.5 < time.monotonic() - began < serving.PATIENCE / 2


def test_ending_without_an_error_is_an_error_of_the_whole(tmp_path):
    assert supervise({"brief": family(tmp_path / "book", 0, 0)}) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_and_leaves_no_orphan(tmp_path, number):
    book = tmp_path / "book"
    supervisor = subprocess.Popen([sys.executable, "-c", SUPERVISOR, FAMILY, str(book), "300", "0"], cwd=ROOT)
    wait_until(lambda: len(numbers(book)) == 4)
    supervisor.send_signal(number)
    assert supervisor.wait(90) == 0
    wait_until(lambda: not any(map(lives, numbers(book))))


def test_a_command_that_can_not_start_leaves_nothing_running(tmp_path):
    book = tmp_path / "book"
    with pytest.raises(FileNotFoundError):
        supervise({"first": family(book), "second": [str(tmp_path / "missing")]})
    assert not any(map(lives, numbers(book)))


def test_a_port_that_somebody_listens_on_is_not_free():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert not is_free("127.0.0.1", port)
    assert is_free("127.0.0.1", port)


def test_the_web_server_has_two_workers_of_one_thread():
    line = " ".join(web_server("127.0.0.1", 8000))
    assert "--workers=2 --blocking-threads=1" in line
    assert "--factory wsgi:served" in line


@pytest.mark.parametrize("command", [[*worker(), "--help"], [*web_server("127.0.0.1", 8000), "--help"]])
def test_modules_of_the_folder_it_is_run_from_do_not_shadow_the_products(tmp_path, command):
    for name in ("admin", "survey", "wsgi", "granian"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('an operator's own module')")
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "own module" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stderr


def test_what_the_application_is_made_of_is_not_looked_through_for_garbage(monkeypatch):
    monkeypatch.setattr(wsgi, "create_app", lambda: "the application")
    try:
        assert wsgi.served() == "the application"
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
