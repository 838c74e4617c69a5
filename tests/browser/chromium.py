"""The Chromium that browser tests drive. Run as a program: finds one, else installs one, else says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def installed() -> str | None:
    """The path of one that the machine has and that starts; None when there is none."""
    named = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES), *MAC)
    return next((path for path in named if path and _starts(path)), None)


def find() -> str | None:
    """As ``installed``, else the one that playwright keeps for itself."""
    return installed() or _of_playwright()


def _of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _starts(path) else None


def _starts(path: str) -> bool:
    """Ubuntu's ``chromium-browser`` may be a note that a snap is wanted: it is there and does not start."""
    if not Path(path).exists():
        return False
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def install() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _say("Installing Chromium with apt-get ...")
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "fonts-noto-cjk")
        if _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium") and installed():
            return
    _say("Installing playwright's Chromium ...")
    _run(sys.executable, "-m", "playwright", "install", *_with_system_parts(), "chromium")


def _with_system_parts() -> tuple[str, ...]:
    return ("--with-deps",) if os.geteuid() == 0 and sys.platform == "linux" else ()


def _run(*command: str) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, check=False).returncode == 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    if find() is None:
        install()
    if find() is None:
        _say("Chromium is missing, and the browser tests need it: install chromium or google-chrome")
        _say("(Debian: apt-get install chromium), or set CHROMIUM to the path of one.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
