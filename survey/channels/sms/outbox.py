"""Texts that are not sent: they are shown on the console and kept for an hour as files, for development and
until there is a gateway. Numbers are kept with their middle hidden."""

import json
import secrets
import sys
import time
from collections.abc import Callable
from pathlib import Path

from survey import private_files

from .message import Message

KEPT = 3600
"""Seconds."""


class Outbox:
    """Files in ``folder``, one a text, so that several processes share it."""

    is_sending = False

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def send(self, message: Message) -> None:
        now = self._clock()
        sys.stderr.write(f"Text for {message.shown} (not sent, see /admin/outbox): {message.text}\n")
        private_files.make_folder(self._folder)
        for path in self._folder.glob("*.json"):
            if _written_at(path) < now - KEPT:
                path.unlink(missing_ok=True)
        path = self._folder / f"{int(now * 1000):015d}-{secrets.token_hex(4)}.json"
        content = {"at": now, "to": message.shown, "text": message.text}
        private_files.write(path, json.dumps(content).encode())

    def messages(self) -> list[dict[str, object]]:
        """Return the texts of the last hour, the latest first: ``at`` (seconds since 1970), ``to`` and
        ``text``."""
        since = self._clock() - KEPT
        kept = sorted((p for p in self._folder.glob("*.json") if _written_at(p) >= since), reverse=True)
        return [json.loads(path.read_text()) for path in kept]


def _written_at(path: Path) -> float:
    number = path.name.partition("-")[0]
    return int(number) / 1000 if number.isdigit() else 0.0
