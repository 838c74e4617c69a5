"""The product: what it knows and does, and the pages that customers see."""

from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from . import (
    assets,
    cli,
    errors,
    headers,
    health,
    i18n,
    input_guard,
    logs,
    output_guard,
    private_files,
    source_code,
    throttle,
)
from . import db as database
from .answering import views as answering
from .audit import recording as _audit
from .channels import registry as channels
from .clock import models as _clock
from .links import models as _links
from .people import models as _people
from .resources import MIGRATIONS, PACKAGE, resource_folder
from .responses import models as _responses
from .rewards import models as _rewards
from .rewards import views as pictures
from .sessions import Sessions
from .settings import Settings
from .tallies import models as _tallies
from .targets import models as _targets
from .wallets import views as wallets
from .weighting import models as _weighting

# Every table is known, whichever pages are open.
TABLES = (_audit, _clock, _links, _people, _responses, _rewards, _tallies, _targets, _weighting)

migrate = Migrate()


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application with its customers' pages; wsgi.py adds the staff's."""
    settings = settings or Settings.from_environment()
    app = Flask("survey", root_path=str(PACKAGE), template_folder=str(resource_folder("templates")))
    _configure(app, settings)
    # A name that a view forgot is an error and not an empty place on a page.
    app.jinja_env.undefined = StrictUndefined
    app.session_interface = Sessions(app)
    logs.init_app(app, settings.log_level)
    headers.init_app(app, settings.https, private="/admin")
    input_guard.init_app(app, forms=("/admin", "/w/"))
    output_guard.init_app(app)
    errors.init_app(app)
    throttle.init_app(app, settings.redis_url)
    database.db.init_app(app)
    with app.app_context():
        database.listen(database.db.engine)
        private_files.protect(settings.instance, database.file_of(database.db.engine))
    migrate.init_app(app, database.db, directory=str(MIGRATIONS), render_as_batch=True)
    i18n.init_app(app)
    assets.init_app(app, resource_folder("static"), settings.instance / "static")
    app.register_blueprint(health.blueprint)
    source_code.init_app(app, settings.source_url)
    app.extensions.update(channels.adapters(settings))
    answering.init_app(app)
    wallets.init_app(app)
    app.register_blueprint(pictures.blueprint)
    cli.init_app(app)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        TESTING=settings.testing,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(settings.database_url),
        TRANSLATIONS=resource_folder("translations"),
        TRUSTED_HOSTS=list(settings.allowed_hosts),
        MAX_CONTENT_LENGTH=4 * 1024 * 1024,
        SESSION_COOKIE_NAME="__Host-session" if settings.https else "session",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=12 * 3600,  # seconds without a request
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
