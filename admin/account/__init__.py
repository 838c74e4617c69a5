"""Signing in and out, and the account of the signed-in user."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from admin.navigation import NavigationEntry, PagesOf
from survey.outgoing import DeclaredReply

from . import account, first_administrator, session

blueprints = (
    session.blueprint,
    account.blueprint,
    first_administrator.blueprint,
)
navigation: tuple[NavigationEntry | PagesOf, ...] = ()
acts: dict[str, LazyString] = {
    "sign-in": _l("Signed in"),
    "sign-out": _l("Signed out"),
    "sign-in failed": _l("Failed sign-in"),
    "first_administrator.create": _l("Created the first administrator"),
    "admin.language": _l("Changed the language"),
    "account.change_password": _l("Changed their own password"),
}
downloads: dict[str, DeclaredReply] = {}
