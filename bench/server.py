"""Start a WSGI application with the product's server settings, and measure its processor time."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import psutil

from survey.serving import WEB_WORKERS

PATIENCE = 30.0


@dataclass
class Server:
    port: int
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the user and system time of the server and its workers since they started."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(member.cpu_times()[:2]) for member in family)


@contextmanager
def serving(target: str, port: int, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve ``target`` ("module:factory") with as many workers and threads as the product has."""
    command = [sys.executable, "-m", "granian", "--interface=wsgi", f"--port={port}"]
    command += [f"--workers={WEB_WORKERS}", "--blocking-threads=1", "--log-level=warning", "--no-ws"]
    process = subprocess.Popen(
        [*command, "--factory", target],
        env={**os.environ, **environment},
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield Server(port, psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers on port {port}")
