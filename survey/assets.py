"""Static files under names that carry their content, so that browsers may keep them for ever."""

import gzip
import hashlib
import secrets
from pathlib import Path

from flask import Flask

DIGEST = 10


def init_app(app: Flask, source: Path, target: Path) -> None:
    """Copies ``source`` to ``target`` under hashed names; templates say ``asset('css/admin.css')``."""
    names = publish(source, target)
    app.static_folder = str(target)
    app.config["ASSETS"] = names
    app.jinja_env.globals["asset"] = lambda name: f"/static/{names[name]}"


def publish(source: Path, target: Path) -> dict[str, str]:
    """Writes what is new; returns {name: hashed name}. Safe to run in several processes at once."""
    names = {}
    for path in sorted(p for p in source.rglob("*") if p.is_file()):
        content = path.read_bytes()
        name = path.relative_to(source).as_posix()
        digest = hashlib.sha256(content).hexdigest()[:DIGEST]
        stem, dot, suffix = name.rpartition(".")
        names[name] = f"{stem}.{digest}{dot}{suffix}"
        _write(target / names[name], content)
    return names


def _write(target: Path, content: bytes) -> None:
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix in {".css", ".js", ".svg"}:
        _replace(target.with_name(target.name + ".gz"), gzip.compress(content, 9, mtime=0))
    _replace(target, content)


def _replace(target: Path, content: bytes) -> None:
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(target)
