"""Files that hold secrets or answers are for the account alone that runs the server.

The instance folder has the key of all codes and names, and with SQLite the database itself. It is 0700 and
its files 0600; what was open to other accounts is closed at the next start.
"""

import logging
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OURS = ("secret_key", "audit-head", "demonstration.lock", "outbox")
"""Names in the instance folder beside the database."""
BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database."""


class Exposed(SystemExit):
    """Other accounts can read what they must not, and this one cannot change it: nothing is started."""


def make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write(path: Path, content: bytes) -> None:
    """Write a file that appears only once it is complete, and that only its owner may read."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        draft.touch(mode=0o600, exist_ok=False)
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def protect(folder: Path, database: Path | None = None) -> None:
    """Create the file of a SQLite ``database`` for its owner alone, and close the instance ``folder`` and
    what is in it to other accounts. Raises Exposed.

    Files that SQLite adds have the permissions of the database.
    """
    if database is not None and database.parent.is_dir():
        database.touch(mode=0o600)
    mine = [folder / name for name in OURS]
    if database is not None:
        mine += [database.with_name(f"{database.name}{tail}") for tail in BESIDE]
    _close([folder, *mine])


def _close(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            continue
        if not mode & OTHERS:
            continue
        try:
            if mode & stat.S_ISVTX:
                raise PermissionError  # a folder that everybody shares, like /tmp
            path.chmod(stat.S_IMODE(mode) & ~OTHERS)
        except PermissionError:
            text = f"{path} is open to other accounts: let {_account()} own it, and nobody else read it."
            raise Exposed(text) from None
        logging.getLogger(__name__).warning("closed to other accounts: %s", path.name)


def _account() -> str:
    return f"the account with id {os.geteuid()}"
