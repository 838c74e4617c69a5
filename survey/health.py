"""Whether this process lives, and whether it may be sent customers. Asked by machines."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app

from . import db as database
from . import i18n
from .resources import MIGRATIONS

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """200 while the process can answer; asks nothing of the database."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> tuple[dict[str, str], int]:
    """200 when customers can be served, else 503 and why not."""
    reason = reason_not_ready()
    if reason is not None:
        return {"status": "not ready", "reason": reason}, 503
    return {"status": "ok"}, 200


def reason_not_ready() -> str | None:
    """Return why customers cannot be served, or None: the texts of every language are compiled, the database
    answers, and its tables are those of this release."""
    problem = i18n.catalogue_problem(current_app.config["TRANSLATIONS"])
    if problem:
        return problem
    found = database.revision()
    if found is database.UNREACHABLE:
        return "the database cannot be reached"
    if found != newest(MIGRATIONS):
        return "migrations wait: huiyin db upgrade"
    return None


def newest(folder: Path) -> str | None:
    """The last migration, kept after the first look."""
    kept: dict[Path, str | None] = current_app.extensions.setdefault("newest migration", {})
    if folder not in kept:
        kept[folder] = ScriptDirectory(str(folder)).get_current_head()
    return kept[folder]
