"""Publish static files under names that contain a hash of their content, so that browsers may cache them for
ever."""

import gzip
import hashlib
import mimetypes
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DIGEST = 10
ROUTE = "/static/"
COMPRESSED = {".css", ".js", ".svg"}


def init_app(app: Flask, source: Path, target: Path) -> None:
    """Copy ``source`` to ``target`` under hashed names, for ``asset('css/admin.css')`` in templates."""
    names = publish(source, target)
    app.static_folder = str(target)
    app.config["ASSETS"] = names
    app.jinja_env.globals["asset"] = lambda name: f"{ROUTE}{names[name]}"
    app.wsgi_app = PublishedFiles(app.wsgi_app, target, names.values())  # type: ignore[method-assign]
    # Browsers request this name when a page names no icon, as the answer page does to save bytes.
    app.add_url_rule("/favicon.ico", "favicon", lambda: _favicon(app, names["icons/favicon.svg"]))


def _favicon(app: Flask, name: str) -> Response:
    response = app.send_static_file(name)
    response.cache_control.max_age = 86400
    return response


def publish(source: Path, target: Path) -> dict[str, str]:
    """Write the files that are new; return the hashed name of each name. Several processes may do so at
    once."""
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
    if target.suffix in COMPRESSED:
        _replace(target.with_name(target.name + ".gz"), gzip.compress(content, 9, mtime=0))
    _replace(target, content)


def _replace(target: Path, content: bytes) -> None:
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    draft.write_bytes(content)
    draft.replace(target)


class PublishedFiles:
    """A WSGI middleware that serves published files from memory, before Flask.

    They are compressed, which granian's own serving of files cannot do, and may be cached for ever. Requests
    for any other path, including a file of an older release, are passed to Flask.
    """

    def __init__(self, app: "WSGIApplication", folder: Path, names: Iterable[str]) -> None:
        self.app = app
        self.files = {ROUTE + name: _representations(folder / name) for name in names}

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        representations = self.files.get(environ["PATH_INFO"])
        if representations is None or environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.app(environ, start_response)
        (headers, content), (gzip_headers, gzip_content) = representations
        if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            headers, content = gzip_headers, gzip_content
        start_response("200 OK", list(headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


Representation = tuple[list[tuple[str, str]], bytes]


def _representations(path: Path) -> tuple[Representation, Representation]:
    """Return (headers, content) of the file, uncompressed and as sent to clients that accept gzip."""
    content = path.read_bytes()
    headers = [
        ("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream"),
        ("Cache-Control", "public, max-age=31536000, immutable"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    plain = ([*headers, ("Content-Length", str(len(content)))], content)
    if path.suffix not in COMPRESSED:
        return plain, plain
    headers.append(("Vary", "Accept-Encoding"))
    packed = path.with_name(path.name + ".gz").read_bytes()
    return (
        ([*headers, ("Content-Length", str(len(content)))], content),
        ([*headers, ("Content-Encoding", "gzip"), ("Content-Length", str(len(packed)))], packed),
    )
