"""Health checks for load balancers: whether this process is alive, and whether it can serve customers."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Blueprint, current_app

from . import db as database
from . import i18n
from .clock import checking
from .resources import MIGRATIONS

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """Return 200 while the process can answer; the database is not queried."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> tuple[dict[str, str], int]:
    """Return 200 when customers can be served, else 503 with the reason. A warning says that the clock has
    jumped ahead: customers are served, and no due work is done."""
    reason = reason_not_ready()
    if reason is not None:
        return {"status": "not ready", "reason": reason}, 503
    jump = checking.find_jump()
    return {"status": "ok"} | ({"warning": str(jump)} if jump is not None else {}), 200


def reason_not_ready() -> str | None:
    """Return why customers cannot be served, or None: the texts of every language are compiled, the database
    answers, and its tables are those of this release."""
    problem = i18n.catalogue_problem(current_app.config["TRANSLATIONS"])
    if problem:
        return problem
    revision = database.revision()
    if revision is database.UNREACHABLE:
        return "the database cannot be reached"
    if revision != newest_migration(MIGRATIONS):
        return "migrations wait: huiyin db upgrade"
    return None


def newest_migration(folder: Path) -> str | None:
    """Return the last migration in ``folder``, which is read once and then cached."""
    kept: dict[Path, str | None] = current_app.extensions.setdefault("newest migration", {})
    if folder not in kept:
        kept[folder] = ScriptDirectory(str(folder)).get_current_head()
    return kept[folder]
