"""Serve on one machine: start and stop the web server together with one worker (`serve`)."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

import click

from .resources import PACKAGE

HOME = PACKAGE.parent
"""The folder of wsgi.py, in a checkout and in an installation."""
WEB_WORKERS = 2
PATIENCE = 10.0  # seconds that a process has to stop after the first signal
ASK_EVERY = 0.5  # seconds; a process that is just starting ignores the first signal
LOOK_EVERY = 0.2  # seconds
STEADY = 10.0  # seconds after which a process that ends was killed, rather than unable to run at all
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def is_free(host: str, port: int) -> bool:
    """Return whether no process listens there. This is checked first, since granian would share the port with
    another granian."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def web_server(host: str, port: int) -> list[str]:
    """Return the command line of granian.

    ``-P`` keeps the folder it is run from out of Python's path: an operator's own admin/ must not shadow the
    product's.
    """
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": WEB_WORKERS,
        "blocking-threads": 1,
        "log-level": "warning",
        "workers-kill-timeout": 5,
        "working-dir": HOME,
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    flags += ["--respawn-failed-workers", "--no-ws", "--factory"]
    return [sys.executable, "-P", "-m", "granian", *flags, "wsgi:served"]


def worker() -> list[str]:
    """Return the command line of a worker."""
    return [sys.executable, str(HOME / "wsgi.py"), "worker"]


class Stopped(Exception):
    """Somebody asked us to stop."""


def supervise(commands: Mapping[str, Sequence[str]]) -> int:
    """Run ``commands`` until a signal of STOPS (returns 0) or until one cannot run (its exit code, or 1).

    A process that ends by itself after STEADY seconds is restarted. Each leads its own process group, so that
    Ctrl-C reaches us alone, and stopping a process stops its children.
    """
    before = {number: signal.signal(number, _stop) for number in STOPS}
    children: dict[str, Child] = {}
    try:
        for name, command in commands.items():
            children[name] = Child(command)
        return _watch_children(children)
    except Stopped:
        return 0
    finally:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)
        _stop_children(list(children.values()))
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


class Child:
    """A process that leads a group of its own."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self.began = time.monotonic()
        self.process = subprocess.Popen(command, start_new_session=True)  # noqa: S603 our own

    @property
    def was_steady(self) -> bool:
        return time.monotonic() - self.began >= STEADY

    def signal(self, number: signal.Signals) -> None:
        """Send the signal to all processes of the group."""
        try:
            os.killpg(self.process.pid, number)
        except (ProcessLookupError, PermissionError):
            return  # no process is left; macOS raises PermissionError for a group of zombies


def _watch_children(children: dict[str, Child]) -> int:
    while True:
        for name, child in children.items():
            code = child.process.poll()
            if code is None:
                continue
            if not child.was_steady:
                click.echo(f"The {name} ended by itself (exit code {code}); stopping all.", err=True)
                return code if 0 < code < 128 else 1
            click.echo(f"The {name} ended by itself (exit code {code}); starting it anew.", err=True)
            child.signal(signal.SIGKILL)  # children it left behind, which still hold the port
            children[name] = Child(child.command)
        time.sleep(LOOK_EVERY)


def _stop_children(children: Sequence[Child]) -> None:
    deadline = time.monotonic() + PATIENCE
    while any(child.process.poll() is None for child in children) and time.monotonic() < deadline:
        for child in children:
            if child.process.poll() is None:
                child.signal(signal.SIGTERM)
        _wait(children, ASK_EVERY)
    for child in children:
        if child.process.poll() is None:
            click.echo("A process does not stop; killing it.", err=True)
        child.signal(signal.SIGKILL)  # processes that are left of its group
        child.process.wait()


def _wait(children: Sequence[Child], seconds: float) -> None:
    """Wait until all have ended, at most ``seconds``."""
    deadline = time.monotonic() + seconds
    for child in children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.0, deadline - time.monotonic()))
