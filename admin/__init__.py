"""What staff see: a module a resource."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from survey import errors

from . import demonstration
from .access import login_manager
from .account import account, first_administrator, session
from .audit_log import audit_log
from .channels import sms_outbox
from .counter import counter
from .drafts import drafts, languages, preview_phones, previews, publication, questions, texts, translations
from .links import limits as link_limits
from .links import links, posters
from .places import employees, places
from .places import imports as place_imports
from .points import adjustments, campaigns, ledger, reviews, statements
from .points.tabs import points_tabs
from .questionnaires import files, library, library_previews, questionnaires, version_comparison
from .questionnaires import limits as questionnaire_limits
from .responses import callbacks, exports
from .rewards import codes, pictures, rewards, stock
from .satisfaction import comments, comparison, drivers, overview, reports
from .staff import insiders, staff
from .targets import imports as target_imports
from .targets import targets
from .weights import imports as total_imports
from .weights import totals

csrf = CSRFProtect()


@dataclass(frozen=True)
class Entry:
    """An entry of the main navigation, for those who may enter its page."""

    endpoint: str
    text: LazyString
    roles: tuple[str, ...]
    also: tuple[str, ...] = ()
    """Further blueprints whose pages lie here."""

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def label(self) -> str:
        return str(self.text)

    @property
    def current(self) -> bool:
        mine = (self.endpoint.split(".")[0], *self.also)
        return request.endpoint is not None and request.endpoint.split(".")[0] in mine


DRAFTS = (
    "drafts",
    "draft_questions",
    "draft_texts",
    "draft_languages",
    "draft_translations",
    "previews",
    "library",
    "library_phones",
    "questionnaire_files",
    "questionnaire_limits",
    "draft_publication",
    "version_comparison",
)

REWARDS = ("reward_codes", "reward_pictures", "reward_stock")

FIGURES = (
    "drivers",
    "comments",
    "comparison",
    "reports",
    "targets",
    "target_imports",
    "totals",
    "total_imports",
)

POINTS = ("reviews", "adjustments", "books", "statements")

# One line a resource; each with its blueprint in BLUEPRINTS below.
NAVIGATION: tuple[Entry, ...] = (
    Entry("indexes.index", _l("Satisfaction"), overview.READERS, FIGURES),
    Entry("exports.index", _l("Exports"), exports.READERS),
    Entry("links.index", _l("Links"), links.READERS, ("link_limits",)),
    Entry("questionnaires.index", _l("Questionnaires"), questionnaires.READERS, DRAFTS),
    Entry("contacts.index", _l("Callbacks"), callbacks.CALLERS),
    Entry("campaigns.index", _l("Points"), campaigns.READERS, POINTS),
    Entry("rewards.index", _l("Rewards"), rewards.READERS, REWARDS),
    Entry("counter.index", _l("Counter"), counter.CLERKS),
    Entry("places.index", _l("Organisation"), places.READERS, ("employees", "place_imports")),
    Entry("staff.index", _l("Staff"), ("administrator", "auditor"), ("insiders",)),
    Entry("audit_log.index", _l("Audit log"), audit_log.READERS),
)

BLUEPRINTS = (
    session.blueprint,
    account.blueprint,
    first_administrator.blueprint,
    overview.blueprint,
    drivers.blueprint,
    comments.blueprint,
    comparison.blueprint,
    exports.blueprint,
    reports.blueprint,
    targets.blueprint,
    target_imports.blueprint,
    totals.blueprint,
    total_imports.blueprint,
    links.blueprint,
    link_limits.blueprint,
    callbacks.blueprint,
    sms_outbox.blueprint,
    reviews.blueprint,
    campaigns.blueprint,
    adjustments.blueprint,
    ledger.blueprint,
    statements.blueprint,
    posters.blueprint,
    questionnaires.blueprint,
    questionnaire_limits.blueprint,
    drafts.blueprint,
    questions.blueprint,
    texts.blueprint,
    languages.blueprint,
    translations.blueprint,
    previews.blueprint,
    preview_phones.blueprint,
    publication.blueprint,
    version_comparison.blueprint,
    library.blueprint,
    library_previews.blueprint,
    files.blueprint,
    rewards.blueprint,
    pictures.blueprint,
    codes.blueprint,
    stock.blueprint,
    counter.blueprint,
    places.blueprint,
    place_imports.blueprint,
    employees.blueprint,
    staff.blueprint,
    insiders.blueprint,
    audit_log.blueprint,
)


def init_app(app: Flask) -> None:
    # Its init_app() would look into the session on every request, for what customers' pages do not have.
    # Here who is signed in is looked up where a page asks.
    app.login_manager = login_manager  # type: ignore[attr-defined]
    words = {"current_user": current_user, "nav": LocalProxy(navigation), "points_tabs": points_tabs}
    app.jinja_env.globals.update(words)
    csrf.init_app(app)
    # The answer form carries its own signed token and no authority of the person who sends it.
    csrf.exempt(app.blueprints["answering"])
    # Forms of wallets carry one of their own (survey/wallets/views/visitor.py): these pages have no session.
    csrf.exempt(app.blueprints["wallets"])
    errors.use(app, "/admin", "admin/error.html")
    app.register_error_handler(CSRFError, token_missing)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    demonstration.init_app(app)


def token_missing(_error: CSRFError) -> Response | HTTPException:
    """Explains a form that was open for too long, or did not come from us."""
    title = _l("This page has been open for too long")
    text = _l("For safety nothing was done. Please go back, reload the page and try again.")
    return errors.page(errors.Explained(400, title, text))


def navigation() -> list[Entry]:
    if not current_user or not current_user.is_authenticated:
        return []
    return [entry for entry in NAVIGATION if current_user.role in entry.roles]
