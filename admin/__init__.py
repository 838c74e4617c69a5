"""Pages of staff: each resource is a package, a room with its blueprints, navigation entries and acts."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from survey import errors, output_guard

from . import (
    account,
    audit_log,
    auditing,
    channels,
    counter,
    demonstration,
    drafts,
    links,
    places,
    points,
    questionnaires,
    releases,
    responses,
    rewards,
    satisfaction,
    staff,
    targets,
    weights,
)
from .access import login_manager, may
from .navigation import Navigation, Room

csrf = CSRFProtect()

ROOMS: tuple[Room, ...] = (
    account,
    satisfaction,
    targets,
    weights,
    responses,
    releases,
    links,
    questionnaires,
    drafts,
    points,
    rewards,
    counter,
    places,
    staff,
    channels,
    audit_log,
)
"""All packages of staff pages. A new one is registered here and nowhere else."""


def init_app(app: Flask) -> None:
    # LoginManager.init_app() would read the session at every request, also for customers' pages, which have
    # none. Without it, the user is looked up only where a page asks for them.
    app.login_manager = login_manager  # type: ignore[attr-defined]
    template_globals = {"current_user": current_user, "may": may, "nav": LocalProxy(Navigation(ROOMS))}
    app.jinja_env.globals.update(template_globals)
    auditing.declare(app, {act: text for room in ROOMS for act, text in room.acts.items()})
    csrf.init_app(app)
    # The form of a questionnaire has its own signed token and does not act with the authority of its sender.
    csrf.exempt(app.blueprints["answering"])
    # Forms of wallets have their own token (survey/wallets/views/visitor.py): their pages have no session.
    csrf.exempt(app.blueprints["wallets"])
    errors.use(app, "/admin", "admin/error.html")
    app.register_error_handler(CSRFError, token_missing)
    for room in ROOMS:
        for blueprint in room.blueprints:
            app.register_blueprint(blueprint)
        output_guard.declare(app, room.downloads)
    demonstration.init_app(app)


def token_missing(_error: CSRFError) -> Response | HTTPException:
    """Return the page that answers a form whose token has expired or is forged."""
    title = _l("This page has expired")
    text = _l("For your security, nothing was done. Please go back, reload the page and try again.")
    return errors.page(errors.Explained(400, title, text))
