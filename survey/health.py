"""Whether this process lives, and whether it may be sent customers. Asked by machines."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app

from . import db as database
from .resources import MIGRATIONS

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """200 while the process can answer; asks nothing of the database."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> tuple[dict[str, str], int]:
    """200 when the database answers and its tables are this release's, else 503 and why."""
    found = database.revision()
    if found is database.UNREACHABLE:
        return {"status": "not ready", "reason": "the database cannot be reached"}, 503
    if found != newest(MIGRATIONS):
        return {"status": "not ready", "reason": "migrations wait: flask --app wsgi db upgrade"}, 503
    return {"status": "ok"}, 200


def newest(folder: Path) -> str | None:
    """The last migration, kept after the first look."""
    kept: dict[Path, str | None] = current_app.extensions.setdefault("newest migration", {})
    if folder not in kept:
        kept[folder] = ScriptDirectory(str(folder)).get_current_head()
    return kept[folder]
